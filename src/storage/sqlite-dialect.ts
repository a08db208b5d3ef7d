import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { decodeRow, encodeParameter } from './codec.ts';

const STATEMENTS_KEPT = 500;

/** Kysely over one node:sqlite connection. Transactions are the caller's (see sqlite-engine.ts). */
export function sqliteDialect(database: DatabaseSync): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => sqliteDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function sqliteDriver(database: DatabaseSync): Driver {
  const connection = sqliteConnection(database);
  const run = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: () => run('begin immediate'),
    commitTransaction: () => run('commit'),
    rollbackTransaction: () => run('rollback'),
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function sqliteConnection(database: DatabaseSync): DatabaseConnection {
  const kept = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let statement = kept.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statement.setReadBigInts(true);
      if (kept.size >= STATEMENTS_KEPT) kept.clear();
      kept.set(sql, statement);
    }
    return statement;
  };
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const statement = prepare(query.sql);
      const parameters = query.parameters.map(encodeParameter);
      if (statement.columns().length === 0) {
        const done = statement.run(...parameters);
        return { numAffectedRows: BigInt(done.changes), rows: [] };
      }
      // Kysely's builder knows the row type; the driver only carries it.
      const rows = statement.all(...parameters).map(decodeRow) as R[];
      return { numAffectedRows: BigInt(rows.length), rows };
    },
    // biome-ignore lint/correctness/useYield: the interface asks for a generator, and nothing streams here
    async *streamQuery() {
      throw new Error('rows are not streamed; page through them');
    },
  };
}
