import { type RawBuilder, sql } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import type { Tx, View } from '../storage/index.ts';
import type { Columns, Row } from './model.ts';
import type { Section } from './sections.ts';

/** How many values one statement may carry on both databases. */
const PARAMETERS = 30_000;

/** The next rows of a home in the order of the key, after the row given. */
export async function pageRows(
  view: View,
  home: HomeId,
  section: Section,
  columns: Columns,
  after: Row | undefined,
  limit: number,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`select ${names(Object.keys(columns))} from ${sql.table(section.table)}
    where home_id = ${home} ${beyond(section, '>', after)} ${inOrder(section)} limit ${limit}`.execute(
    view.db,
  );
  return rows;
}

export async function countRows(view: View, home: HomeId, table: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from ${sql.table(table)}
    where home_id = ${home}`.execute(view.db);
  return rows[0]?.total ?? 0;
}

/** Writes rows of one table into the home of the transaction. */
export async function insertRows(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const atOnce = Math.floor(PARAMETERS / (columns.length + 1));
  for (let i = 0; i < rows.length; i += atOnce) {
    const values = rows
      .slice(i, i + atOnce)
      .map((row) => sql`(${sql.join([tx.home, ...columns.map((column) => row[column] ?? null)])})`);
    await sql`insert into ${sql.table(table)} (home_id, ${names(columns)}) values ${sql.join(values)}`.execute(
      tx.db,
    );
  }
}

/** Removes the first rows of a table from the home of the transaction; says how many, and whether there may be more. */
export async function removePage(
  tx: Tx,
  section: Section,
  limit: number,
): Promise<{ removed: number; isMore: boolean }> {
  const { table, key } = section;
  const found =
    key.length === 0
      ? undefined
      : await sql<Row>`select ${names(key)} from ${sql.table(table)} where home_id = ${tx.home}
          ${inOrder(section)} limit 1 offset ${limit - 1}`.execute(tx.db);
  const last = found?.rows[0];
  const done = await sql`delete from ${sql.table(table)} where home_id = ${tx.home}
    ${beyond(section, '<=', last)}`.execute(tx.db);
  return { removed: Number(done.numAffectedRows ?? 0n), isMore: last !== undefined };
}

function beyond({ key }: Section, how: '>' | '<=', row: Row | undefined): RawBuilder<unknown> {
  if (!row || key.length === 0) return sql``;
  return sql`and (${names(key)}) ${sql.raw(how)} (${sql.join(key.map((column) => row[column] ?? null))})`;
}

function inOrder({ key }: Section): RawBuilder<unknown> {
  return key.length === 0 ? sql`` : sql`order by ${names(key)}`;
}

function names(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
