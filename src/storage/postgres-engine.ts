import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import pg from 'pg';
import { pause } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { isFailure } from '../kernel/result.ts';
import { decodeRow, encodeParameter } from './codec.ts';
import type { Hold } from './hold-database.ts';
import { named } from './postgres-errors.ts';
import type { EngineOptions } from './sqlite-engine.ts';
import type { Storage, Tx, Untyped, View } from './storage.ts';
import { type Wakes, wakes } from './wakes.ts';

const INT8 = 20;
interface PostgresOptions extends EngineOptions {
  /** This node's sole use of the database: without it nothing is written. */
  readonly hold?: Hold | undefined;
}

/** As long as SQLite waits for another program. */
const LOCK_WAIT_MS = 5_000;
const RETRYABLE = new Set(['40001', '40P01']);

/** Carries a body's Failure out of a transaction that must not commit. */
class Unwanted extends Error {
  readonly value: unknown;
  constructor(value: unknown) {
    super('rolled back');
    this.value = value;
  }
}

/**
 * PostgreSQL 15 or newer: serialisable transactions, tried again when another got in the way. Bodies of one home
 * also queue in this process, which keeps those retries rare.
 */
export function postgresStorage(url: string, options: PostgresOptions = {}): Storage {
  const { hold, rehearse = false } = options;
  const db: Untyped = new Kysely({ dialect: new PostgresDialect({ pool: codecPool(postgresPool(url)) }) });
  const topics = wakes();
  const tails = new Map<HomeId, Promise<unknown>>();
  const inTurn = <T>(home: HomeId, work: () => Promise<T>): Promise<T> => {
    const turn = (tails.get(home) ?? Promise.resolve()).then(work);
    const tail = turn
      .catch(() => {})
      .then(() => {
        if (tails.get(home) === tail) tails.delete(home);
      });
    tails.set(home, tail);
    return turn;
  };
  return {
    engine: 'postgresql',
    transact: <T>(home: HomeId, body: (tx: Tx) => Promise<T>) =>
      inTurn(home, async () => {
        await hold?.ensure();
        return withRetry(() => commitOne(db, home, body, topics, { hold, rehearse }));
      }),
    read: <T>(body: (view: View) => Promise<T>) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((view) => body({ db: view })),
    listen: topics.listen,
    // They are the server's.
    rest() {},
    async close() {
      await Promise.allSettled(tails.values());
      await db.destroy();
      await hold?.release();
    },
  };
}

function postgresPool(url: string): pg.Pool {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format ?? 'text'),
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    lock_timeout: LOCK_WAIT_MS,
    types: types as pg.CustomTypesConfig, // its overloads differ only in `format`
  });
  // A connection that breaks while it is used says so a second time, beside the failed query.
  pool.on('connect', (client) => client.on('error', () => {}));
  // A broken idle connection is replaced at the next use; the query that needs it reports.
  pool.on('error', () => {});
  return pool;
}

async function commitOne<T>(
  db: Untyped,
  home: HomeId,
  body: (tx: Tx) => Promise<T>,
  topics: Wakes,
  { hold, rehearse = false }: PostgresOptions,
): Promise<T> {
  const woken = new Set([`changed:${home}`]);
  try {
    const value = await db
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (trx) => {
        if (rehearse) {
          await sql`savepoint rehearsal`.execute(trx);
          await body({ home, db: trx, wake: () => {} }).catch(() => {});
          await sql`rollback to savepoint rehearsal`.execute(trx);
        }
        const result = await body({ home, db: trx, wake: (topic) => woken.add(topic) });
        if (isFailure(result)) throw new Unwanted(result);
        hold?.check();
        return result;
      });
    topics.announce(woken);
    return value;
  } catch (error) {
    if (error instanceof Unwanted) return error.value as T; // what the body itself returned
    throw error;
  }
}

async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
      if (!RETRYABLE.has(code) || attempt >= LIMITS.transactionAttempts) throw error;
      await pause(attempt * attempt * 2);
    }
  }
}

/** The pool as Kysely sees it, with the column codec on the way in and out. */
function codecPool(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      const query = async (text: string, parameters: readonly unknown[]) => {
        const encoded = parameters.map(encodeParameter);
        const result = await client.query(text, encoded).catch((error) => Promise.reject(named(error)));
        return {
          ...result,
          command: result.command,
          rowCount: result.rowCount,
          rows: result.rows.map(decodeRow),
        };
      };
      return { query, release: () => client.release() } as unknown as PostgresPoolClient; // cursors are not used
    },
    end: () => pool.end(),
    options: pool.options,
  };
}
