import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import type { DeliveryTables, OutboxRow } from './model.ts';
import { OUTBOX } from './send.ts';

const State = z.enum(['saved', 'acted', 'refused', 'dead', 'dropped']);

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

/** What I sent, newest first, with how far each has come. */
export async function listDeliveries(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListDeliveries>,
): Promise<Result<z.output<typeof DeliveryList>>> {
  const before = input.after === undefined ? Number.MAX_SAFE_INTEGER : Number(input.after);
  if (!Number.isSafeInteger(before)) {
    return fail('cursor-malformed', 'That place in the list is not known.', 'Begin again from the top.');
  }
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
  const shown = found.slice(0, input.limit);
  const last = shown.at(-1);
  return ok({
    rows: shown.map(deliveryView),
    ...(found.length > input.limit && last && { next: `${last.position}` }),
  });
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

export const DeliveryId = z.object({ delivery: id });

/** Tries again now, also what was given up. */
export function retryDelivery(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof DeliveryId>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const change = { state: 'saved' as const, attempts: 0, next_at: deps.clock.now() };
    if (!(await changeStuck(tx, input.delivery, change))) return notStuck();
    tx.wake(OUTBOX);
    return ok({});
  });
}

/** Gives up on it for good; what follows it to the same recipient goes on. */
export function dropDelivery(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof DeliveryId>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    if (await isNeeded(tx, input.delivery)) {
      return fail(
        'delivery-needed',
        'What follows to the same party stands on this one; it cannot be left out.',
        'Try it again, or end the relationship.',
      );
    }
    if (!(await changeStuck(tx, input.delivery, { state: 'dropped' }))) return notStuck();
    tx.wake(OUTBOX);
    return ok({});
  });
}

/** Records stand in a chain, and an agreement waits for its answer: neither may be left out. */
async function isNeeded(tx: Tx, delivery: string): Promise<boolean> {
  const row = await tables<DeliveryTables>(tx)
    .selectFrom('outbox')
    .select('type')
    .where('home_id', '=', tx.home)
    .where('id', '=', delivery)
    .executeTakeFirst();
  return (
    row !== undefined && ['record', 'accept', 'agreement-signed', 'agreement-refused'].includes(row.type)
  );
}

async function changeStuck(tx: Tx, delivery: string, change: Partial<OutboxRow>): Promise<boolean> {
  const [done] = await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', delivery)
    .where('state', 'in', ['saved', 'dead'])
    .execute();
  return (done?.numUpdatedRows ?? 0n) > 0n;
}

function notStuck(): Result<never> {
  return fail('delivery-not-stuck', 'That has arrived, or is not yours.', 'Look at the list again.');
}

/** How many envelopes wait after a failed try, and how many were given up. */
export async function stuckCount(view: View, home: string): Promise<number> {
  const row = await tables<DeliveryTables>(view)
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where((e) => e.or([e('state', '=', 'dead'), e.and([e('state', '=', 'saved'), e('attempts', '>', 0)])]))
    .executeTakeFirstOrThrow();
  return row.total;
}
