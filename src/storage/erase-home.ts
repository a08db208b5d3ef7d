import { type RawBuilder, sql } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import type { Tx, View } from './storage.ts';

/** The tables whose rows belong to homes: all of them, by law 1. */
export async function homeTables(view: View): Promise<string[]> {
  const tables = await view.db.introspection.getTables();
  return tables.filter((t) => t.columns.some((c) => c.name === 'home_id')).map((t) => t.name);
}

/**
 * Deletes up to this many rows of the transaction's home, table by table in the order given. Answers how many; fewer
 * than it may means that none is left.
 */
export async function eraseRows(tx: Tx, tables: readonly string[], atMost: number): Promise<number> {
  const place = placeOfRow(tx);
  let erased = 0;
  for (const table of tables) {
    if (erased >= atMost) break;
    const some = sql`select ${place} from ${sql.table(table)} where home_id = ${tx.home} limit ${atMost - erased}`;
    const done = await sql`delete from ${sql.table(table)} where ${place} in (${some})`.execute(tx.db);
    erased += Number(done.numAffectedRows ?? 0n);
  }
  return erased;
}

/** How many rows these homes have in these tables. */
export async function countRows(
  view: View,
  tables: readonly string[],
  homes: readonly HomeId[],
): Promise<number> {
  if (homes.length === 0) return 0;
  let rows = 0;
  for (const table of tables) {
    const query = sql<{
      total: number;
    }>`select count(*) as total from ${sql.table(table)} where home_id in (${sql.join(homes)})`;
    rows += (await query.execute(view.db)).rows[0]?.total ?? 0;
  }
  return rows;
}

/** Where a row lies, as each engine calls it: the one way to take some rows of any table. */
function placeOfRow(tx: Tx): RawBuilder<unknown> {
  return sql.raw(sql`${0}`.compile(tx.db).sql.startsWith('$') ? 'ctid' : 'rowid');
}
