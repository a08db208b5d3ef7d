import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Failure, fail } from '../kernel/result.ts';
import type { View } from '../storage/index.ts';
import { countHolders } from './holders.ts';
import type { Item, ItemRow } from './model.ts';
import { findItemRows, getItemRow } from './store.ts';
import { itemView } from './view.ts';

/** An item as other rooms read it. */
type KnownItem = Omit<Item, 'sharedWith'>;

const FOUND_AT_MOST = 200;

/** Rows as items, with how many others see each at this instant. */
export async function itemsOf(
  view: View,
  home: HomeId,
  rows: readonly ItemRow[],
  now: Instant,
): Promise<Item[]> {
  const ids = rows.map((row) => row.id);
  const holders = await countHolders(view, home, ids, now);
  return rows.map((row) => ({ ...itemView(row), sharedWith: holders.get(row.id) ?? 0 }));
}

/** These items of a party, in the order asked for; what is unknown or in the trash is left out. */
export async function getItems(view: View, home: HomeId, ids: readonly string[]): Promise<KnownItem[]> {
  const items: KnownItem[] = [];
  for (const id of new Set(ids)) {
    const row = await getItemRow(view, home, id);
    if (row && !row.is_trashed) items.push(itemView(row));
  }
  return items;
}

/** The items of a party under one property, `schema:email` for instance, by label, at most 200. */
export async function findByProperty(view: View, home: HomeId, property: string): Promise<KnownItem[]> {
  const rows = await findItemRows(view, home, { words: [], property }, undefined, FOUND_AT_MOST);
  return rows.map(itemView);
}

export function itemUnknown(): Failure {
  return fail(
    'item-unknown',
    'There is no such item in your data, or it has left the trash.',
    'Look at the list again.',
  );
}
