import type { HomeId } from '../kernel/ids.ts';
import { insertRows, type Tx, tables, type View } from '../storage/index.ts';
import type { DeskTables, ItemRow, OfferRow, SeenRow, StorefrontRow } from './tables.ts';

const ROWS_AT_ONCE = 200;

export async function storefrontsOf(view: View, home: HomeId): Promise<StorefrontRow[]> {
  return tables<DeskTables>(view)
    .selectFrom('storefronts')
    .selectAll()
    .where('home_id', '=', home)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
}

/** Whether anybody on this node sells at a market. */
export async function isSoldAt(view: View, market: string): Promise<boolean> {
  const row = await tables<DeskTables>(view)
    .selectFrom('storefronts')
    .select('id')
    .where('market', '=', market)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function getStorefrontRow(
  view: View,
  home: HomeId,
  id: string,
): Promise<StorefrontRow | undefined> {
  return tables<DeskTables>(view)
    .selectFrom('storefronts')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The storefront that an identity of mine speaks for. */
export async function storefrontOfIdentity(tx: Tx, identity: string): Promise<StorefrontRow | undefined> {
  return tables<DeskTables>(tx)
    .selectFrom('storefronts')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('identity', '=', identity)
    .executeTakeFirst();
}

export async function getOffer(view: View, home: HomeId, id: string): Promise<OfferRow | undefined> {
  return tables<DeskTables>(view)
    .selectFrom('desk_offers')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Which number of which storefront each of these listings is signed for. */
export async function listingsNamed(
  view: Tx,
  ids: readonly string[],
): Promise<Pick<OfferRow, 'id' | 'storefront' | 'name'>[]> {
  const found: Pick<OfferRow, 'id' | 'storefront' | 'name'>[] = [];
  for (let i = 0; i < ids.length; i += ROWS_AT_ONCE) {
    const rows = await tables<DeskTables>(view)
      .selectFrom('desk_offers')
      .select(['id', 'storefront', 'name'])
      .where('home_id', '=', view.home)
      .where('kind', '=', 'listing')
      .where('id', 'in', ids.slice(i, i + ROWS_AT_ONCE))
      .execute();
    found.push(...rows);
  }
  return found;
}

export async function getItem(
  view: View,
  home: HomeId,
  storefront: string,
  number: string,
): Promise<ItemRow | undefined> {
  return (await itemsWith(view, home, storefront, [number])).get(number);
}

/** What is listed under these numbers, by number. */
export async function itemsWith(
  view: View,
  home: HomeId,
  storefront: string,
  numbers: readonly string[],
): Promise<Map<string, ItemRow>> {
  const found = new Map<string, ItemRow>();
  for (let i = 0; i < numbers.length; i += ROWS_AT_ONCE) {
    const rows = await tables<DeskTables>(view)
      .selectFrom('desk_items')
      .selectAll()
      .where('home_id', '=', home)
      .where('storefront', '=', storefront)
      .where('number', 'in', numbers.slice(i, i + ROWS_AT_ONCE))
      .execute();
    for (const row of rows) found.set(row.number, row);
  }
  return found;
}

/** The highest position given so far; 0 when nothing was listed yet. */
export async function lastPosition(tx: Tx): Promise<number> {
  const row = await tables<DeskTables>(tx)
    .selectFrom('desk_items')
    .select('position')
    .where('home_id', '=', tx.home)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.position ?? 0;
}

export async function countItems(view: View, home: HomeId, storefront: string): Promise<number> {
  const { total } = await tables<DeskTables>(view)
    .selectFrom('desk_items')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('storefront', '=', storefront)
    .executeTakeFirstOrThrow();
  return total;
}

/** Writes items over those that had their numbers. */
export async function putItems(tx: Tx, rows: readonly ItemRow[]): Promise<void> {
  await insertRows(tx, 'desk_items', rows, {
    by: ['home_id', 'storefront', 'number'],
    set: [
      ...['listing', 'title', 'folded', 'mode', 'state', 'stock'],
      ...['until_at', 'changed_at', 'fingerprint', 'problem'],
    ],
  });
}

export async function insertOffers(tx: Tx, rows: readonly OfferRow[]): Promise<void> {
  await insertRows(tx, 'desk_offers', rows);
}

export async function setOfferState(tx: Tx, ids: readonly string[], state: OfferRow['state']): Promise<void> {
  for (let i = 0; i < ids.length; i += ROWS_AT_ONCE) {
    await tables<DeskTables>(tx)
      .updateTable('desk_offers')
      .set({ state })
      .where('home_id', '=', tx.home)
      .where('id', 'in', ids.slice(i, i + ROWS_AT_ONCE))
      .execute();
  }
}

export async function updateItem(
  tx: Tx,
  key: Pick<ItemRow, 'storefront' | 'number'>,
  change: Partial<ItemRow>,
): Promise<void> {
  await updateItems(tx, key.storefront, [key.number], change);
}

/** The same change to items of one storefront. */
export async function updateItems(
  tx: Tx,
  storefront: string,
  numbers: readonly string[],
  change: Partial<ItemRow>,
): Promise<void> {
  for (let i = 0; i < numbers.length; i += ROWS_AT_ONCE) {
    await tables<DeskTables>(tx)
      .updateTable('desk_items')
      .set(change)
      .where('home_id', '=', tx.home)
      .where('storefront', '=', storefront)
      .where('number', 'in', numbers.slice(i, i + ROWS_AT_ONCE))
      .execute();
  }
}

export async function getSeen(view: View, home: HomeId, alias: string): Promise<SeenRow | undefined> {
  return tables<DeskTables>(view)
    .selectFrom('desk_casts')
    .selectAll()
    .where('home_id', '=', home)
    .where('alias', '=', alias)
    .executeTakeFirst();
}

export async function updateSeen(tx: Tx, alias: string, change: Partial<SeenRow>): Promise<void> {
  await tables<DeskTables>(tx)
    .updateTable('desk_casts')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('alias', '=', alias)
    .execute();
}
