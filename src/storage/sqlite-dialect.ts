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

/** Statements that a connection has prepared, by their text; whoever clears it has them prepared anew. */
export type Statements = Map<string, StatementSync>;

/** Kysely over one node:sqlite connection. Transactions are the caller's (see sqlite-engine.ts). */
export function sqliteDialect(database: DatabaseSync, kept: Statements): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => sqliteDriver(database, kept),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function sqliteDriver(database: DatabaseSync, kept: Statements): Driver {
  const connection = sqliteConnection(database, kept);
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

function sqliteConnection(database: DatabaseSync, kept: Statements): DatabaseConnection {
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
