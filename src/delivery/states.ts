import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { readReceipt } from './envelope.ts';
import type { DeliveryTables, OutboxState } from './model.ts';

const CHUNK = 500;

/** How far each of these things of mine has come, by the id it was sent about. */
export async function statesAbout(
  view: View,
  home: HomeId,
  about: readonly string[],
): Promise<ReadonlyMap<string, OutboxState>> {
  const found = new Map<string, OutboxState>();
  for (let i = 0; i < about.length; i += CHUNK) {
    const rows = await tables<DeliveryTables>(view)
      .selectFrom('outbox')
      .select(['about', 'state'])
      .where('home_id', '=', home)
      .where('about', 'in', about.slice(i, i + CHUNK))
      .execute();
    for (const row of rows) if (row.about !== null) found.set(row.about, row.state);
  }
  return found;
}

/** What waits to be sent of a type about this. */
function waitingAbout(tx: Tx, type: string, about: string) {
  return tables<DeliveryTables>(tx)
    .selectFrom('outbox')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('about', '=', about)
    .where('type', '=', type)
    .where('state', '=', 'saved');
}

/** How many envelopes of a type about this wait to be sent. */
export async function countWaiting(tx: Tx, type: string, about: string): Promise<number> {
  return (await waitingAbout(tx, type, about).execute()).length;
}

/** When an envelope of a type about this was last written; undefined for never, as far as is known. */
export async function lastSent(tx: Tx, type: string, about: string): Promise<Instant | undefined> {
  const row = await tables<DeliveryTables>(tx)
    .selectFrom('outbox')
    .select((e) => e.fn.max('saved_at').as('at'))
    .where('home_id', '=', tx.home)
    .where('about', '=', about)
    .where('type', '=', type)
    .executeTakeFirst();
  return row?.at == null ? undefined : Number(row.at);
}

/** Whether an envelope of a type about this is written for later; one that is due, or was tried, may even be answered. */
export async function isPlanned(tx: Tx, type: string, about: string, now: Instant): Promise<boolean> {
  const planned = waitingAbout(tx, type, about).where('attempts', '=', 0).where('next_at', '>', now);
  return (await planned.limit(1).execute()).length > 0;
}

/** What was sent of a type about this is about nothing any more: its answer has come. What is written for later stays. */
export async function settleAbout(tx: Tx, type: string, about: string, now: Instant): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ about: null })
    .where('home_id', '=', tx.home)
    .where('about', '=', about)
    .where('type', '=', type)
    .where((e) => e.or([e('state', '!=', 'saved'), e('attempts', '>', 0), e('next_at', '<=', now)]))
    .execute();
}

/** When the other side acted on what was sent about this, by its own clock, as its receipt says. */
export async function takenAt(tx: Tx, about: string): Promise<Instant | undefined> {
  const rows = await tables<DeliveryTables>(tx)
    .selectFrom('outbox')
    .select('receipt')
    .where('home_id', '=', tx.home)
    .where('about', '=', about)
    .where('state', '=', 'acted')
    .execute();
  const times = rows.flatMap(({ receipt }) => (receipt && readReceipt(receipt)?.at) ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Whether any of these was acted on, as a receipt says. */
export async function isTaken(tx: Tx, about: readonly string[]): Promise<boolean> {
  const states = await statesAbout(tx, tx.home, about);
  return [...states.values()].includes('acted');
}
