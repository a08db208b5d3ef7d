import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
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
import { type Column, columnsOf, decodeColumns, encodeParameter } from './codec.ts';
import type { View } from './storage.ts';

const STATEMENTS_KEPT = 500;

/** Statements that a connection has prepared, by their text; whoever clears it has them prepared anew. */
export type Statements = Map<string, Kept>;

/** What ended a transaction that nobody had ended yet: SQLite does so by itself when the disk is full or the file is broken. */
export interface Ending {
  error?: unknown;
}

/** What a Kysely of this dialect is told by: its one connection, for queries that need nothing else of Kysely. */
class OneConnection extends SqliteAdapter {
  readonly connection: DatabaseConnection;
  constructor(connection: DatabaseConnection) {
    super();
    this.connection = connection;
  }
}

/** Runs a query that is compiled already; on SQLite straight on its one connection, where nothing has to be waited for. */
export function execute<R>(view: View, query: CompiledQuery<R>): Promise<QueryResult<R>> {
  const { adapter } = view.db.getExecutor();
  return adapter instanceof OneConnection
    ? adapter.connection.executeQuery<R>(query)
    : view.db.executeQuery<R>(query);
}

/**
 * Kysely over one node:sqlite connection. Transactions are the caller's (see sqlite-engine.ts); with an `ending` nothing runs
 * outside of one, where each statement would be kept by itself.
 */
export function sqliteDialect(database: DatabaseSync, kept: Statements, ending?: Ending): Dialect {
  const plain = sqliteConnection(database, kept);
  const connection = ending ? within(database, plain, ending) : plain;
  return {
    createAdapter: () => new OneConnection(connection),
    createDriver: () => sqliteDriver(connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function sqliteDriver(connection: DatabaseConnection): Driver {
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
  const prepare = (sql: string): Kept => {
    const known = kept.get(sql);
    if (known) return known;
    const made = keep(database.prepare(sql));
    if (kept.size >= STATEMENTS_KEPT) kept.clear();
    kept.set(sql, made);
    return made;
  };
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const it = prepare(query.sql);
      const parameters = query.parameters.map(encodeParameter);
      if (it.columns.length === 0) {
        const done = it.statement.run(...parameters);
        return { numAffectedRows: BigInt(done.changes), rows: [] };
      }
      const rows = rowsOf<R>(it, parameters);
      return { numAffectedRows: BigInt(rows.length), rows };
    },
    // biome-ignore lint/correctness/useYield: the interface asks for a generator, and nothing streams here
    async *streamQuery() {
      throw new Error('rows are not streamed; page through them');
    },
  };
}

/** What comes after the end of a transaction fails with what ended it. */
function within(database: DatabaseSync, plain: DatabaseConnection, ending: Ending): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (!database.isTransaction) throw ending.error ?? new Error('no transaction is open');
      try {
        return await plain.executeQuery<R>(query);
      } catch (error) {
        if (!database.isTransaction) ending.error = error;
        throw error;
      }
    },
    streamQuery: plain.streamQuery,
  };
}

/** A statement that is kept prepared, and how its columns are decoded. */
interface Kept {
  readonly statement: StatementSync;
  columns: readonly Column[];
}

function keep(statement: StatementSync): Kept {
  const columns = columnsOf(statement.columns().map((it) => it.name));
  // Only amounts may be beyond what a number holds; any other such value throws when it is read.
  statement.setReadBigInts(columns.some((it) => it.kind === 'amount'));
  statement.setReturnArrays(true);
  return { statement, columns };
}

function rowsOf<R>(it: Kept, parameters: SQLInputValue[]): R[] {
  // What node:sqlite declares does not know of `setReturnArrays`.
  const rows = it.statement.all(...parameters) as unknown as unknown[][];
  // A table that has changed since the statement was prepared has other columns.
  if (rows[0] && rows[0].length !== it.columns.length) Object.assign(it, keep(it.statement));
  // Kysely's builder knows the row type; the driver only carries it.
  return rows.map((row) => decodeColumns(it.columns, row) as R);
}
