import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { DeskTables, HoldRow, ItemRow } from './tables.ts';

const NUMBERS_AT_ONCE = 200;

export async function getHold(view: View, home: HomeId, alias: string): Promise<HoldRow | undefined> {
  return tables<DeskTables>(view)
    .selectFrom('desk_holds')
    .selectAll()
    .where('home_id', '=', home)
    .where('alias', '=', alias)
    .executeTakeFirst();
}

export async function insertHold(tx: Tx, row: Omit<HoldRow, 'home_id'>): Promise<void> {
  await tables<DeskTables>(tx)
    .insertInto('desk_holds')
    .values({ home_id: tx.home, ...row })
    .execute();
}

/** Moves an open hold on; false when it is not open any more. */
export async function moveHold(tx: Tx, alias: string, state: HoldRow['state']): Promise<boolean> {
  const moved = await tables<DeskTables>(tx)
    .updateTable('desk_holds')
    .set({ state })
    .where('home_id', '=', tx.home)
    .where('alias', '=', alias)
    .where('state', '=', 'open')
    .returning('alias')
    .executeTakeFirst();
  return moved !== undefined;
}

/** Moves the open holds of an item on, all of them or those past an instant; answers how many. */
export async function moveHoldsOf(
  tx: Tx,
  item: Pick<ItemRow, 'storefront' | 'number'>,
  state: HoldRow['state'],
  before?: Instant,
): Promise<number> {
  let query = tables<DeskTables>(tx)
    .updateTable('desk_holds')
    .set({ state })
    .where('home_id', '=', tx.home)
    .where('storefront', '=', item.storefront)
    .where('number', '=', item.number)
    .where('state', '=', 'open');
  if (before !== undefined) query = query.where('until_at', '<=', before);
  return (await query.returning('alias').execute()).length;
}

/** Ends the open holds of items of one storefront. */
export async function endHoldsOf(tx: Tx, storefront: string, numbers: readonly string[]): Promise<void> {
  for (let i = 0; i < numbers.length; i += NUMBERS_AT_ONCE) {
    await tables<DeskTables>(tx)
      .updateTable('desk_holds')
      .set({ state: 'ended' })
      .where('home_id', '=', tx.home)
      .where('storefront', '=', storefront)
      .where('number', 'in', numbers.slice(i, i + NUMBERS_AT_ONCE))
      .where('state', '=', 'open')
      .execute();
  }
}

/** Items of a home with holds that are past their date. */
export async function itemsWithLapsed(
  view: View,
  home: HomeId,
  now: Instant,
  limit: number,
): Promise<{ storefront: string; number: string }[]> {
  return tables<DeskTables>(view)
    .selectFrom('desk_holds')
    .select(['storefront', 'number'])
    .distinct()
    .where('home_id', '=', home)
    .where('state', '=', 'open')
    .where('until_at', '<=', now)
    .orderBy('storefront')
    .orderBy('number')
    .limit(limit)
    .execute();
}
