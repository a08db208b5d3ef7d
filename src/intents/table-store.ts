import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { Table } from '../market/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { IntentTables, KeptTableRow } from './tables.ts';

const ROWS_AT_ONCE = 200;

export async function keptTable(view: View, home: HomeId, market: string): Promise<KeptTableRow | undefined> {
  return tables<IntentTables>(view)
    .selectFrom('kept_tables')
    .selectAll()
    .where('home_id', '=', home)
    .where('market', '=', market)
    .executeTakeFirst();
}

/** Notes that a market was asked for its table, and on which path it answers. */
export async function noteAsked(tx: Tx, market: string, reply: string, at: Instant): Promise<void> {
  const blank = { number: null, epoch: null, smallest: null, published_at: null, kept_at: null };
  await tables<IntentTables>(tx)
    .insertInto('kept_tables')
    .values({ home_id: tx.home, market, ...blank, reply, asked_at: at })
    .onConflict((c) => c.columns(['home_id', 'market']).doUpdateSet({ reply, asked_at: at }))
    .execute();
}

/** The market whose tables come to this path. */
export async function marketOfReply(view: View, home: HomeId, reply: string): Promise<string | undefined> {
  const row = await tables<IntentTables>(view)
    .selectFrom('kept_tables')
    .select('market')
    .where('home_id', '=', home)
    .where('reply', '=', reply)
    .executeTakeFirst();
  return row?.market;
}

/** Keeps one part; answers how many parts of this table are here now, or undefined when this one already was. */
export async function keepPart(tx: Tx, table: Table, document: string): Promise<number | undefined> {
  const { market, number, part } = table;
  const db = tables<IntentTables>(tx);
  const kept = await db
    .insertInto('kept_table_parts')
    .values({ home_id: tx.home, market, number, part, document })
    .onConflict((c) => c.columns(['home_id', 'market', 'number', 'part']).doNothing())
    .returning('part')
    .executeTakeFirst();
  if (!kept) return undefined;
  const rows = table.rows.map(([cell, step]) => ({
    home_id: tx.home,
    market,
    number,
    cell,
    at_least: table.steps[step] ?? 0,
  }));
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    await db
      .insertInto('kept_cells')
      .values(rows.slice(i, i + ROWS_AT_ONCE))
      .onConflict((c) => c.columns(['home_id', 'market', 'number', 'cell']).doNothing())
      .execute();
  }
  const { total } = await db
    .selectFrom('kept_table_parts')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', tx.home)
    .where('market', '=', market)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  return total;
}

/** Makes a table that is here whole the one that previews read, and forgets the rows of older ones. */
export async function adoptTable(tx: Tx, table: Table, at: Instant): Promise<void> {
  const { market, number, epoch, smallest } = table;
  const db = tables<IntentTables>(tx);
  await db
    .updateTable('kept_tables')
    .set({ number, epoch, smallest, published_at: table.at, kept_at: at })
    .where('home_id', '=', tx.home)
    .where('market', '=', market)
    .execute();
  await db
    .deleteFrom('kept_cells')
    .where('home_id', '=', tx.home)
    .where('market', '=', market)
    .where('number', '<', number)
    .execute();
  await db
    .deleteFrom('kept_table_parts')
    .where('home_id', '=', tx.home)
    .where('market', '=', market)
    .where('number', '<', number)
    .execute();
}

/** What the newest whole table says of these cells; a cell that is not in it is not in the answer. */
export async function countsOf(
  view: View,
  home: HomeId,
  table: Pick<KeptTableRow, 'market' | 'number'>,
  cells: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (table.number === null || cells.length === 0) return new Map();
  const rows = await tables<IntentTables>(view)
    .selectFrom('kept_cells')
    .select(['cell', 'at_least'])
    .where('home_id', '=', home)
    .where('market', '=', table.market)
    .where('number', '=', table.number)
    .where('cell', 'in', cells)
    .execute();
  return new Map(rows.map((row) => [row.cell, row.at_least]));
}
