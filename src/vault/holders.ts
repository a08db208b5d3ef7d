import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { VaultTables } from './model.ts';
import { chunks } from './store.ts';

/**
 * Notes that a holder (a relationship) may now see these items, until an instant or without end; again for the
 * same item moves the end. The grant itself belongs to the room that makes it; this is for showing and counting.
 */
export async function noteHolder(
  tx: Tx,
  holder: string,
  items: readonly string[],
  until: Instant | undefined,
): Promise<void> {
  for (const item of items) {
    await tables<VaultTables>(tx)
      .insertInto('item_holders')
      .values({ home_id: tx.home, item, holder, until: until ?? null })
      .onConflict((c) => c.columns(['home_id', 'item', 'holder']).doUpdateSet({ until: until ?? null }))
      .execute();
  }
}

/** Notes that a holder no longer sees these items, or any at all. */
export async function forgetHolder(tx: Tx, holder: string, items?: readonly string[]): Promise<void> {
  const mine = tables<VaultTables>(tx)
    .deleteFrom('item_holders')
    .where('home_id', '=', tx.home)
    .where('holder', '=', holder);
  if (!items) {
    await mine.execute();
    return;
  }
  for (const some of chunks(items)) await mine.where('item', 'in', some).execute();
}

/** How many holders see each of these items at an instant; items that nobody sees are left out. */
export async function countHolders(
  view: View,
  home: HomeId,
  items: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const some of chunks(items)) {
    const rows = await tables<VaultTables>(view)
      .selectFrom('item_holders')
      .select((e) => ['item', e.fn.countAll<number>().as('holders')])
      .where('home_id', '=', home)
      .where('item', 'in', some)
      .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
      .groupBy('item')
      .execute();
    for (const row of rows) counts.set(row.item, row.holders);
  }
  return counts;
}
