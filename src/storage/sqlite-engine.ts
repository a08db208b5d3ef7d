import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { pause } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { isFailure } from '../kernel/result.ts';
import { copyDatabase } from './copy-database.ts';
import { type FileGuard, guardFile } from './file-guard.ts';
import { databaseProblem } from './problem.ts';
import { type Ending, type Statements, sqliteDialect } from './sqlite-dialect.ts';
import { letGo, sqliteReaders } from './sqlite-readers.ts';
import type { Storage, Tx, Untyped } from './storage.ts';
import { type Wakes, wakes } from './wakes.ts';

interface Job {
  readonly home: HomeId;
  readonly body: (tx: Tx) => Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** How long another program may hold the write lock, and how often a writer that waits for it looks. */
const LOCK_WAIT_MS = 5_000;
const LOOK_EVERY_MS = 20;
/** Reads at once. A long one, such as an export, keeps its own snapshot while the others have theirs. */
const READERS = 4;
/** KiB of pages that a connection keeps; the one that writes keeps what some hundred messages at once touch. */
const CACHE_KIB = 8_000;
const WRITER_CACHE_KIB = 16_000;
/** A writer's steps: before it takes up what waits, before it commits, and after, when nobody has been told yet. */
export type WriterStep = 'turn' | 'commit' | 'committed';

export interface EngineOptions {
  /** Runs every body twice and rolls the first run back, so that retry is always exercised. */
  readonly rehearse?: boolean;
  /** SQLite's writer waits here at each step: a simulation decides what comes first, and what never comes to pass. */
  readonly atStep?: (step: WriterStep) => Promise<void>;
  /** How many of SQLite's connections read at once; each new one reads the whole schema. */
  readonly readers?: number;
}

/** A turn of the event loop lets writers that come together share a commit, and lets everybody else have theirs. */
async function takeTurns(step: WriterStep): Promise<void> {
  if (step === 'turn') await new Promise((resolve) => setImmediate(resolve));
}

function emptyLog(guard: FileGuard, writer: DatabaseSync): void {
  guard.resting();
  writer.exec('pragma wal_checkpoint(truncate)');
}

/** Whether it could be done: of a disk that is full or gone the next write tells. */
function triesTo(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/**
 * One file, WAL, synchronous FULL. Writers queue; up to LIMITS.commitBatch bodies share one commit, each in a
 * savepoint of its own, and every promise settles after that commit.
 */
export function sqliteStorage(path: string, options: EngineOptions = {}): Storage {
  const guard = guardFile(path);
  const writer = openConnection(path);
  writer.exec(`pragma cache_size = -${WRITER_CACHE_KIB}`);
  try {
    guard.begin(writer);
  } catch (error) {
    writer.close();
    throw error;
  }
  const readers = sqliteReaders(() => openConnection(path), options.readers ?? READERS);
  // SQLite would wait inside this one thread; writers wait beside it instead (see beginWrite).
  writer.exec('pragma busy_timeout = 0');
  const statements: Statements = new Map();
  const writing = writerOn(writer, statements);
  const topics = wakes();
  const atStep = options.atStep ?? takeTurns;
  const queue: Job[] = [];
  let busy: Promise<void> | undefined;
  let closed = false;
  let isRestDue = false;

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      await atStep('turn');
      const batch = queue.splice(0, LIMITS.commitBatch);
      await commitTogether(writing, guard, batch, topics, options.rehearse ?? false, atStep);
    }
    busy = undefined;
    if (isRestDue) isRestDue = !triesTo(() => emptyLog(guard, writer));
  };

  return {
    engine: 'sqlite',
    transact<T>(home: HomeId, body: (tx: Tx) => Promise<T>): Promise<T> {
      if (closed) throw new Error('the database is closed');
      return new Promise<T>((resolve, reject) => {
        // The job resolves with what its own body returned.
        queue.push({ home, body, resolve: (value) => resolve(value as T), reject });
        busy ??= drain();
      });
    },
    read: readers.read,
    listen: topics.listen,
    copyTo: (to, signal) => copyDatabase(path, to, signal),
    rest() {
      letGo(writer, statements);
      // What was written over, a value erased for good, stands in the log until then; whoever reads now defers it.
      if (busy) isRestDue = true;
      else emptyLog(guard, writer);
      readers.rest();
    },
    async close() {
      closed = true;
      await busy;
      await readers.close();
      guard.end();
      writer.exec('pragma wal_checkpoint(truncate)');
      writer.close();
      guard.close();
    },
  };
}

function openConnection(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS, enableForeignKeyConstraints: true });
  database.exec(
    `pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -${CACHE_KIB}; pragma secure_delete = on`,
  );
  // What a savepoint would put back lies in a file of the system's folder for temporary ones otherwise: a file in the clear that
  // nobody asked for, and more writes than to the log.
  database.exec('pragma temp_store = memory');
  return database;
}

/** The one connection that writes, with the statements that every body needs. */
interface Writer {
  readonly connection: DatabaseSync;
  readonly db: Untyped;
  readonly ending: Ending;
  readonly savepoint: StatementSync;
  readonly release: StatementSync;
}

function writerOn(connection: DatabaseSync, statements: Statements): Writer {
  const ending: Ending = {};
  return {
    connection,
    ending,
    db: new Kysely({ dialect: sqliteDialect(connection, statements, ending) }),
    savepoint: connection.prepare('savepoint body'),
    release: connection.prepare('release body'),
  };
}

async function commitTogether(
  writing: Writer,
  guard: FileGuard,
  batch: readonly Job[],
  topics: Wakes,
  rehearse: boolean,
  atStep: (step: WriterStep) => Promise<void>,
): Promise<void> {
  const writer = writing.connection;
  const settled: (() => void)[] = [];
  const woken = new Set<string>();
  try {
    await beginWrite(writer);
    writing.ending.error = undefined;
    const [only, ...others] = batch;
    if (only && others.length === 0 && !rehearse) settled.push(await runAlone(writing, only, woken));
    else for (const job of batch) settled.push(await runInSavepoint(writing, job, woken, rehearse));
    await atStep('commit');
    if (writer.isTransaction) writer.exec('commit');
    guard.committed();
  } catch (error) {
    if (writer.isTransaction) writer.exec('rollback');
    for (const job of batch) job.reject(error);
    return;
  }
  await atStep('committed');
  for (const settle of settled) settle();
  topics.announce(woken);
}

/** Begins once no other program writes; reads and everything else go on meanwhile. */
async function beginWrite(writer: DatabaseSync): Promise<void> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    try {
      writer.exec('begin immediate');
      return;
    } catch (error) {
      if (waited >= LOCK_WAIT_MS || databaseProblem(error)?.code !== 'database-locked') throw error;
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** A body may have caught what ended the transaction: then nothing of it stands, whatever it answers. */
function mustStand({ connection, ending }: Writer): void {
  if (!connection.isTransaction) throw ending.error ?? new Error('the transaction ended within a body');
}

/** A body with nobody beside it: the transaction is its savepoint, and keeps nothing of what is written twice in memory. */
async function runAlone(writing: Writer, job: Job, woken: Set<string>): Promise<() => void> {
  const { connection: writer, db } = writing;
  const topics = new Set<string>();
  try {
    const value = await job.body({ home: job.home, db, wake: (topic) => topics.add(topic) });
    mustStand(writing);
    if (isFailure(value)) writer.exec('rollback');
    else for (const topic of topics.add(`changed:${job.home}`)) woken.add(topic);
    return () => job.resolve(value);
  } catch (error) {
    if (writer.isTransaction) writer.exec('rollback');
    return () => job.reject(error);
  }
}

async function runInSavepoint(
  writing: Writer,
  job: Job,
  woken: Set<string>,
  rehearse: boolean,
): Promise<() => void> {
  const { connection: writer, db, savepoint, release } = writing;
  const undo = (): void => writer.exec('rollback to body; release body');
  for (let rehearsal = rehearse; ; rehearsal = false) {
    const mine = new Set<string>();
    savepoint.run();
    try {
      const value = await job.body({ home: job.home, db, wake: (topic) => mine.add(topic) });
      mustStand(writing);
      if (rehearsal || isFailure(value)) undo();
      else release.run();
      if (rehearsal) continue;
      if (!isFailure(value)) for (const topic of mine.add(`changed:${job.home}`)) woken.add(topic);
      return () => job.resolve(value);
    } catch (error) {
      // A full disk or a broken file ends the whole transaction by itself; then nobody's body stands.
      if (!writer.isTransaction) throw error;
      undo();
      return () => job.reject(error);
    }
  }
}
