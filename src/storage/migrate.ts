import { sql } from 'kysely';
import { fail, ok, type Result } from '../kernel/result.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Storage } from './storage.ts';

const SCHEMA_HOME = 'node';

interface MigrationsTable {
  migrations: { home_id: string; number: number; name: string };
}

/**
 * Brings the schema up to this program's version, each migration in one transaction.
 * Fails with `database-newer` when a newer Parley has written this database; nothing is changed then.
 */
export async function migrate(storage: Storage, at: number): Promise<Result<{ applied: number }>> {
  const types = columnTypes(storage.engine);
  return storage.transact(SCHEMA_HOME, async (tx) => {
    await sql`create table if not exists migrations (home_id ${sql.raw(types.text)} not null,
      number ${sql.raw(types.whole)} not null, name ${sql.raw(types.text)} not null,
      applied_at ${sql.raw(types.whole)} not null, primary key (home_id, number))`.execute(tx.db);
    const rows = await sql<MigrationsTable['migrations']>`select number, name from migrations
      where home_id = ${SCHEMA_HOME} order by number`.execute(tx.db);
    const done = new Set(rows.rows.map((row) => row.number));
    const newest = MIGRATIONS.at(-1)?.number ?? 0;
    if (rows.rows.some((row) => row.number > newest)) {
      return fail(
        'database-newer',
        'This data was written by a newer Parley than this one. Nothing was changed.',
        'Start the newer Parley, or give another data folder with --data.',
      );
    }
    let applied = 0;
    for (const migration of MIGRATIONS) {
      if (done.has(migration.number)) continue;
      for (const statement of migration.up(types)) await sql.raw(statement).execute(tx.db);
      await sql`insert into migrations (home_id, number, name, applied_at)
        values (${SCHEMA_HOME}, ${migration.number}, ${migration.name}, ${at})`.execute(tx.db);
      applied++;
    }
    return ok({ applied });
  });
}

/** The names of column types in a migration's SQL; text sorts by bytes on both engines. */
export interface ColumnTypes {
  readonly text: string;
  readonly whole: string;
  readonly bytes: string;
}

function columnTypes(engine: Storage['engine']): ColumnTypes {
  return engine === 'sqlite'
    ? { text: 'text', whole: 'integer', bytes: 'blob' }
    : { text: 'text collate "C"', whole: 'bigint', bytes: 'bytea' };
}
