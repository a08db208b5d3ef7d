import type { Instant } from '../kernel/clock.ts';
import type { PartyTables } from '../parties/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { DeliveryTables, Lane, OutboxRow } from './model.ts';

/** Envelopes that one round takes up, and that travel in one request. */
const ROUND = 500;
export const AT_ONCE = 100;

/** What waits behind an envelope that was given up waits until somebody decides about that one. */
const UNTIL_DECIDED = 2 ** 52 - 1;

/** What is due now, lane by lane; each lane's rows in their order. A paused copy sends nothing. */
export async function dueLanes(view: View, now: Instant): Promise<OutboxRow[][]> {
  const due = await tables<DeliveryTables & Pick<PartyTables, 'parties'>>(view)
    .selectFrom('outbox')
    .selectAll()
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

export function laneOf(row: OutboxRow): Lane {
  const to = { host: row.host, inbox: row.path, ...(row.peer_key !== null && { key: row.peer_key }) };
  return { home: row.home_id, sender: row.sender, signer: row.signer, to };
}

/**
 * When the lane of this row may go on, if something before the row holds it back: a try that failed waits for the next
 * one, and a record that was given up waits for its sender to decide, since a chain has no holes.
 */
export async function heldUntil(view: View, row: OutboxRow): Promise<Instant | undefined> {
  const earlier = await tables<DeliveryTables>(view)
    .selectFrom('outbox')
    .select(['state', 'next_at'])
    .where('home_id', '=', row.home_id)
    .where('sender', '=', row.sender)
    .where('path', '=', row.path)
    .where('position', '<', row.position)
    .where((e) =>
      e.or([e('state', '=', 'saved'), e.and([e('state', '=', 'dead'), e('type', '=', 'record')])]),
    )
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  return earlier && (earlier.state === 'dead' ? UNTIL_DECIDED : earlier.next_at);
}

/** Lets what waits in a lane, from a position on, wait at least until then. */
export async function holdBack(tx: Tx, lane: Lane, from: number, until: Instant): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ next_at: until })
    .where('home_id', '=', lane.home)
    .where('sender', '=', lane.sender)
    .where('path', '=', lane.to.inbox)
    .where('state', '=', 'saved')
    .where('position', '>', from)
    .where('next_at', '<', until)
    .execute();
}

/** Lets a lane go on now. */
export async function letGo(tx: Tx, row: Pick<OutboxRow, 'sender' | 'path'>, now: Instant): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ next_at: now })
    .where('home_id', '=', tx.home)
    .where('sender', '=', row.sender)
    .where('path', '=', row.path)
    .where('state', '=', 'saved')
    .where('next_at', '>', now)
    .execute();
}
