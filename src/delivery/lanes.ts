import type { Kysely } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { PartyTables } from '../parties/index.ts';
import { prepared, type Tx, tables, type View } from '../storage/index.ts';
import {
  type DeliveryTables,
  type Lane,
  type OutboxRow,
  UNFINISHED,
  WAITING,
  type WaitingRow,
} from './model.ts';
import { PLANNED } from './rules.ts';

/** Envelopes that one round takes up, and that travel in one request. */
const ROUND = 500;
export const AT_ONCE = 100;

/** What waits behind an envelope that was given up waits until somebody decides about that one. */
const UNTIL_DECIDED = 2 ** 52 - 1;

/** What is due now, lane by lane; each lane's rows in their order. A paused copy sends nothing. */
export async function dueLanes(view: View, now: Instant): Promise<WaitingRow[][]> {
  const due = await tables<DeliveryTables & Pick<PartyTables, 'parties'>>(view)
    .selectFrom('outbox')
    .select(WAITING)
    .where(UNFINISHED)
    .where('state', '=', 'saved')
    .where('next_at', '<=', now)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('parties')
            .select('parties.home_id')
            .whereRef('parties.home_id', '=', 'outbox.home_id')
            .where('parties.paused_at', 'is not', null),
        ),
      ),
    )
    .orderBy('home_id')
    .orderBy('position')
    .limit(ROUND)
    .execute();
  return [...Map.groupBy(due, (row) => `${row.home_id} ${row.sender} ${row.host} ${row.path}`).values()];
}

export function laneOf(row: WaitingRow): Lane {
  const to = { host: row.host, inbox: row.path, ...(row.peer_key !== null && { key: row.peer_key }) };
  return { home: row.home_id, sender: row.sender, signer: row.signer, to };
}

/** Everything in the lane of a row that has not arrived. */
function unfinishedIn(db: Kysely<DeliveryTables>, it: WaitingRow) {
  return db
    .selectFrom('outbox')
    .where('home_id', '=', it.home_id)
    .where('sender', '=', it.sender)
    .where('path', '=', it.path)
    .where(UNFINISHED);
}

/** The first envelope that waits before a row in its lane. */
const waitingBefore = prepared((db: Kysely<DeliveryTables>, it: WaitingRow) =>
  unfinishedIn(db, it)
    .select(['position', 'state', 'next_at'])
    .where('state', '=', 'saved')
    .where('position', '<', it.position)
    .orderBy('position')
    .limit(1),
);

/** The same of records that were given up. */
const deadRecord = prepared((db: Kysely<DeliveryTables>, it: WaitingRow) =>
  unfinishedIn(db, it)
    .select(['position', 'state', 'next_at'])
    .where('state', '=', 'dead')
    .where('type', '=', 'record')
    .where('position', '<', it.position)
    .orderBy('position')
    .limit(1),
);

/**
 * When the lane of this row may go on, if something before the row holds it back: a try that failed waits for the next
 * one, and a record that was given up waits for its sender to decide, since a chain has no holes. Each is looked for by
 * itself, so that nobody reads over what has arrived.
 */
export async function heldUntil(view: View, row: WaitingRow): Promise<Instant | undefined> {
  const found = [...(await waitingBefore(view, row)), ...(await deadRecord(view, row))];
  const [earlier] = found.sort((a, b) => a.position - b.position);
  return earlier && (earlier.state === 'dead' ? UNTIL_DECIDED : earlier.next_at);
}

/** The first envelope in a lane after this row that may not go yet, as after a clock was set back. */
const laterAfter = prepared((db: Kysely<DeliveryTables>, it: WaitingRow & { readonly now: Instant }) =>
  unfinishedIn(db, it)
    .select('position')
    .where('state', '=', 'saved')
    .where('next_at', '>', it.now)
    .where('position', '>', it.position)
    .orderBy('position')
    .limit(1),
);

/** The same of records that were given up. */
const deadAfter = prepared((db: Kysely<DeliveryTables>, it: WaitingRow) =>
  unfinishedIn(db, it)
    .select('position')
    .where('state', '=', 'dead')
    .where('type', '=', 'record')
    .where('position', '>', it.position)
    .orderBy('position')
    .limit(1),
);

/** Of what is due in a lane, what has nothing before it that is not: order holds, whatever the clock did meanwhile. */
export async function inOneGo(
  view: View,
  rows: readonly WaitingRow[],
  now: Instant,
): Promise<readonly WaitingRow[]> {
  const [first] = rows;
  if (!first) return rows;
  const gaps = [...(await laterAfter(view, { ...first, now })), ...(await deadAfter(view, first))];
  const gap = Math.min(...gaps.map(({ position }) => position));
  return rows.filter((row) => row.position < gap);
}

/** Lets what waits in a lane, from a position on, wait at least until then. */
export async function holdBack(tx: Tx, lane: Lane, from: number, until: Instant): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ next_at: until })
    .where('home_id', '=', lane.home)
    .where('sender', '=', lane.sender)
    .where('path', '=', lane.to.inbox)
    .where(UNFINISHED)
    .where('state', '=', 'saved')
    .where('position', '>', from)
    .where('next_at', '<', until)
    .execute();
}

/** Lets a lane go on now, but for what waits for an hour of its own. */
export async function letGo(tx: Tx, row: Pick<OutboxRow, 'sender' | 'path'>, now: Instant): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ next_at: now })
    .where('home_id', '=', tx.home)
    .where('sender', '=', row.sender)
    .where('path', '=', row.path)
    .where(UNFINISHED)
    .where('state', '=', 'saved')
    .where('next_at', '>', now)
    .where((e) => e.or([e('attempts', '>', 0), e('type', 'not in', PLANNED)]))
    .execute();
}
