import { sql } from 'kysely';
import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import { LIMITS } from '../kernel/limits.ts';
import { idsOfPage, pageOrIds, sizeOf } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, words } from '../kernel/schema.ts';
import { type BaseDeps, likeAnywhere, tables, type View } from '../storage/index.ts';
import { AMISS, type DeliveryTables, type OutboxRow, UNFINISHED } from './model.ts';

const State = z.enum(['saved', 'acted', 'refused', 'kept', 'dead', 'dropped']);

const DeliveryView = z.object({
  id,
  type: z.string(),
  host: z.string().optional().describe('The node it goes to; absent when it stays on this one.'),
  state: State,
  attempts: z.int(),
  savedAt: instant,
  sentAt: instant.optional(),
  receivedAt: instant.optional(),
  nextAt: instant.optional().describe('When it leaves, or is tried again.'),
  problem: z.string().optional(),
});

export const ListDeliveries = z.object({
  state: State.optional(),
  search: words.optional().describe('Part of its type, of the host it goes to, or of what went wrong.'),
  orTypes: z
    .array(z.string().max(LIMITS.lineChars))
    .max(LIMITS.pageRows)
    .default([])
    .describe('Types that the search means in other words: these are found too.'),
  ...pageOrIds,
});
type Input = z.output<typeof ListDeliveries>;
export const DeliveryList = z.object({
  rows: z.array(DeliveryView),
  ...idsOfPage,
  next: z.string().optional(),
  total: z.int().describe('How many fit, on all pages.'),
});

const CURSOR = cursorOf('list-deliveries', [z.int().min(1)]);

/** What I sent, newest first, with how far each has come. Fails with `cursor-unknown`. */
export async function listDeliveries(
  deps: BaseDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof DeliveryList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const [before] = after.value ?? [Number.MAX_SAFE_INTEGER];
  return deps.storage.read(async (view) => {
    const sent = sentBy(view, actor.home, input);
    const { total } = await sent.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await sent
      .select(SHOWN)
      .where('position', '<', before)
      .orderBy('position', 'desc')
      .limit(sizeOf(input) + 1)
      .execute();
    const { shown, next } = CURSOR.cut(found, sizeOf(input), (row) => [row.position]);
    if (input.idsOnly) return ok({ rows: [], ids: shown.map((row) => row.id), total, ...next });
    return ok({ rows: shown.map((row) => deliveryView(deps, row)), total, ...next });
  });
}

/** All but the octets themselves. */
const SHOWN = [
  ...(['id', 'position', 'type', 'host', 'state', 'attempts', 'saved_at'] as const),
  ...(['sent_at', 'received_at', 'next_at', 'problem'] as const),
] as const;

function sentBy(view: View, home: string, input: Input) {
  let query = tables<DeliveryTables>(view).selectFrom('outbox').where('home_id', '=', home);
  const { state } = input;
  if (state !== undefined) query = query.where('state', '=', state);
  if (state === 'saved' || state === 'dead') query = query.where(UNFINISHED);
  else if (state !== undefined && state !== 'acted') query = query.where(AMISS);
  const search = input.search?.trim().toLowerCase();
  if (!search) return query;
  const part = likeAnywhere(search);
  const types = input.orTypes.length === 0 ? [''] : input.orTypes;
  return query.where((e) =>
    e.or([
      e('type', 'in', types),
      sql<boolean>`type like ${part} escape '!'`,
      sql<boolean>`lower(host) like ${part} escape '!'`,
      sql<boolean>`lower(coalesce(problem, '')) like ${part} escape '!'`,
    ]),
  );
}

function deliveryView(
  deps: BaseDeps,
  row: Pick<OutboxRow, (typeof SHOWN)[number]>,
): z.output<typeof DeliveryView> {
  const now = deps.clock.now();
  return {
    id: row.id,
    type: row.type,
    ...(!deps.ownHosts.has(row.host) && { host: row.host }),
    state: row.state,
    attempts: row.attempts,
    savedAt: row.saved_at,
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    ...(row.received_at !== null && { receivedAt: row.received_at }),
    ...(row.state === 'saved' && (row.attempts > 0 || row.next_at > now) && { nextAt: row.next_at }),
    ...(row.problem !== null && { problem: row.problem }),
  };
}
