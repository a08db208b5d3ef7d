import { type Tx, tables } from '../storage/index.ts';
import { parseCellId } from './cells.ts';
import { knowledgeOf, type MarketDeps } from './deps.ts';
import { cellKey, listingKey } from './keys.ts';
import { cellRow, wayRows } from './match-store.ts';
import { Listing } from './model.ts';
import { ROWS_AT_ONCE } from './store.ts';
import type { MarketTables } from './tables.ts';

/**
 * Makes the matcher's rows anew, when the categories' positions have changed with a release. A listing or a cell whose
 * category is gone stays, and is not found until it is published or cast again.
 */
export async function reindex(tx: Tx, deps: MarketDeps): Promise<void> {
  await reindexListings(tx, deps);
  await reindexCells(tx, deps);
  await tables<MarketTables>(tx)
    .updateTable('markets')
    .set({ categories: deps.categories.version })
    .where('home_id', '=', tx.home)
    .execute();
}

async function reindexListings(tx: Tx, deps: MarketDeps): Promise<void> {
  const db = tables<MarketTables>(tx);
  await db.deleteFrom('market_ways').where('home_id', '=', tx.home).execute();
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = await db
      .selectFrom('market_listings')
      .select(['id', 'is_open', 'is_by_hand', 'payload'])
      .where('home_id', '=', tx.home)
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    const ways = rows.flatMap((row) => {
      const listing = Listing.parse(JSON.parse(Buffer.from(row.payload).toString('utf8')));
      const key = listingKey(row.id, listing, knowledgeOf(deps));
      return key ? wayRows(tx.home, key, { is_open: row.is_open, is_by_hand: row.is_by_hand }) : [];
    });
    if (ways.length > 0) await db.insertInto('market_ways').values(ways).execute();
    after = rows.at(-1)?.id;
  }
}

async function reindexCells(tx: Tx, deps: MarketDeps): Promise<void> {
  const db = tables<MarketTables>(tx);
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows: { id: string }[] = await db
      .selectFrom('market_cells')
      .select('id')
      .where('home_id', '=', tx.home)
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const { id } of rows) {
      const cell = parseCellId(id);
      const key = cell && cellKey(cell, knowledgeOf(deps));
      const change = key ? cellRow(tx.home, id, key) : { category_from: -1, category_to: -1 };
      await db
        .updateTable('market_cells')
        .set(change)
        .where('home_id', '=', tx.home)
        .where('id', '=', id)
        .execute();
    }
    after = rows.at(-1)?.id;
  }
}
