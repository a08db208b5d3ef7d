import { sql } from 'kysely';
import type { Tx, View } from './storage.ts';

/** The tables whose rows belong to homes: all of them, by law 1. */
export async function homeTables(view: View): Promise<string[]> {
  const tables = await view.db.introspection.getTables();
  return tables.filter((t) => t.columns.some((c) => c.name === 'home_id')).map((t) => t.name);
}

/** Deletes every row of the transaction's home in these tables. */
export async function eraseHome(tx: Tx, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await sql`delete from ${sql.table(table)} where home_id = ${tx.home}`.execute(tx.db);
  }
}
