import { sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import type { DeliveryTables } from './model.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Clocks differ: a receipt is kept a little longer than its envelope may come. */
const MARGIN_MS = 7 * DAY_MS;
/** How long one can look up what became of something that was sent and is no record. */
const KEPT_MS = 90 * DAY_MS;
const AT_ONCE = 1_000;
/** What is kept in a box has arrived as far as this node will ever know. In the words of the index (migration 0025). */
const ENDED = sql<boolean>`type <> 'record' and state in ('acted', 'refused', 'dropped', 'kept')`;

/** Homes that keep receipts or notes of deliveries that nobody can ask for any more. */
export async function homesToPrune(view: View, now: Instant): Promise<HomeId[]> {
  const db = tables<DeliveryTables>(view);
  const inboxes = await db
    .selectFrom('inbox')
    .select('home_id')
    .distinct()
    .where('expires_at', '<', now - MARGIN_MS)
    .execute();
  const outboxes = await db
    .selectFrom('outbox')
    .select('home_id')
    .distinct()
    .where(ENDED)
    .where('next_at', '<', now - KEPT_MS)
    .execute();
  const boxes = await db
    .selectFrom('drop_letters')
    .select('home_id')
    .distinct()
    .where('expires_at', '<', now)
    .execute();
  return [...new Set([...inboxes, ...outboxes, ...boxes].map((row) => row.home_id))].sort();
}

/**
 * Forgets receipts of envelopes that have expired, deliveries that ended long ago, and letters that nobody fetched; what
 * became of records stays, since the receipt proves what the other side has. Answers how many rows went; as many again may be left.
 */
export async function pruneDeliveries(deps: BaseDeps, home: HomeId): Promise<number> {
  const now = deps.clock.now();
  return deps.storage.transact(home, async (tx) => {
    const db = tables<DeliveryTables>(tx);
    const received = await db
      .selectFrom('inbox')
      .select(['sender', 'id'])
      .where('home_id', '=', home)
      .where('expires_at', '<', now - MARGIN_MS)
      .limit(AT_ONCE)
      .execute();
    for (const { sender, id } of received) {
      const row = db.deleteFrom('inbox').where('home_id', '=', home);
      await row.where('sender', '=', sender).where('id', '=', id).execute();
    }
    const sent = await db
      .selectFrom('outbox')
      .select('id')
      // Not as a plain column, by which all of the home would be read instead of what has ended.
      .where(sql<boolean>`coalesce(home_id, '') = ${home}`)
      .where(ENDED)
      .where('next_at', '<', now - KEPT_MS)
      .limit(AT_ONCE)
      .execute();
    for (const { id } of sent)
      await db.deleteFrom('outbox').where('home_id', '=', home).where('id', '=', id).execute();
    const letters = await db
      .selectFrom('drop_letters')
      .select(['box', 'position'])
      .where('home_id', '=', home)
      .where('expires_at', '<', now)
      .limit(AT_ONCE)
      .execute();
    for (const { box, position } of letters) {
      const row = db.deleteFrom('drop_letters').where('home_id', '=', home);
      await row.where('box', '=', box).where('position', '=', position).execute();
    }
    return received.length + sent.length + letters.length;
  });
}
