import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { type Statements, sqliteDialect } from './sqlite-dialect.ts';
import type { Untyped, View } from './storage.ts';

interface Reader {
  readonly connection: DatabaseSync;
  readonly statements: Statements;
  readonly db: Untyped;
  readonly begin: StatementSync;
  readonly end: StatementSync;
}

interface Readers {
  read<T>(body: (view: View) => Promise<T>): Promise<T>;
  /** Those that read now keep theirs. */
  rest(): void;
  /** Waits for the reads that run or wait, then closes their connections. */
  close(): Promise<void>;
}

/** Connections that only read, opened as they are needed; whoever finds `most` of them busy waits in turn. */
export function sqliteReaders(open: () => DatabaseSync, most: number): Readers {
  const all: Reader[] = [];
  const idle: Reader[] = [];
  const waiting: ((reader: Reader) => void)[] = [];
  const running = new Set<Promise<unknown>>();

  const take = (): Reader | Promise<Reader> => {
    const reader = idle.pop();
    if (reader) return reader;
    if (all.length >= most) return new Promise((resolve) => waiting.push(resolve));
    const connection = open();
    connection.exec('pragma query_only = on');
    const statements: Statements = new Map();
    const db: Untyped = new Kysely({ dialect: sqliteDialect(connection, statements) });
    const [begin, end] = [connection.prepare('begin'), connection.prepare('commit')];
    const fresh = { connection, statements, db, begin, end };
    all.push(fresh);
    return fresh;
  };
  const giveBack = (reader: Reader): void => {
    const next = waiting.shift();
    if (next) next(reader);
    else idle.push(reader);
  };
  const readIn = async <T>(body: (view: View) => Promise<T>): Promise<T> => {
    const reader = await take();
    try {
      return await readSnapshot(reader, body);
    } finally {
      giveBack(reader);
    }
  };

  return {
    read(body) {
      const turn = readIn(body);
      running.add(turn);
      const done = (): boolean => running.delete(turn);
      turn.then(done, done);
      return turn;
    },
    rest() {
      for (const { connection, statements } of idle) letGo(connection, statements);
    },
    async close() {
      await Promise.allSettled(running);
      for (const { connection } of all) connection.close();
    },
  };
}

/** The statements go when their objects are collected. */
export function letGo(connection: DatabaseSync, statements: Statements): void {
  statements.clear();
  connection.exec('pragma shrink_memory');
}

async function readSnapshot<T>(reader: Reader, body: (view: View) => Promise<T>): Promise<T> {
  const { connection, db, begin, end } = reader;
  begin.run();
  try {
    return await body({ db });
  } finally {
    if (connection.isTransaction) end.run();
  }
}
