import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import type { DeliveryTables, OutboxRow } from './model.ts';

const State = z.enum(['saved', 'acted', 'refused', 'kept', 'dead', 'dropped']);

const DeliveryView = z.object({
  id,
  type: z.string(),
  state: State,
  attempts: z.int(),
  savedAt: instant,
  sentAt: instant.optional(),
  receivedAt: instant.optional(),
  nextAt: instant.optional().describe('When it is tried again.'),
  problem: z.string().optional(),
});

export const ListDeliveries = z.object({ ...page, state: State.optional() });
export const DeliveryList = z.object({ rows: z.array(DeliveryView), next: z.string().optional() });

const CURSOR = cursorOf('list-deliveries', [z.int().min(1)]);

/** What I sent, newest first, with how far each has come. Fails with `cursor-unknown`. */
export async function listDeliveries(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListDeliveries>,
): Promise<Result<z.output<typeof DeliveryList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const [before] = after.value ?? [Number.MAX_SAFE_INTEGER];
  const found = await deps.storage.read((view) => {
    let query = tables<DeliveryTables>(view)
      .selectFrom('outbox')
      .selectAll()
      .where('home_id', '=', actor.home)
      .where('position', '<', before);
    if (input.state !== undefined) query = query.where('state', '=', input.state);
    return query
      .orderBy('position', 'desc')
      .limit(input.limit + 1)
      .execute();
  });
  const { shown, next } = CURSOR.cut(found, input.limit, (row) => [row.position]);
  return ok({ rows: shown.map(deliveryView), ...next });
}

function deliveryView(row: OutboxRow): z.output<typeof DeliveryView> {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    savedAt: row.saved_at,
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    ...(row.received_at !== null && { receivedAt: row.received_at }),
    ...(row.state === 'saved' && row.attempts > 0 && { nextAt: row.next_at }),
    ...(row.problem !== null && { problem: row.problem }),
  };
}
