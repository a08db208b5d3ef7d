import crypto from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { stopwatch, type Took } from './town.ts';
import type { Trace, Traced } from './traced.ts';

const ENDS = ['', '-wal', '-shm'];

/** Copies databases as they are now, for one run of a floor to write to. */
export function copyBefore(files: readonly string[], name: string): void {
  for (const file of files)
    for (const end of ENDS.slice(0, 2)) copyFileSync(`${file}${end}`, `${file}-${name}${end}`);
}

/** The writers' transactions begin immediately; those of readers only begin. */
const BEGINS_WRITING = 'begin immediate';
const WRITES = /^(insert|update|delete|with)\b/i;

/** The rows alone: every row that was written, in the same commits, and nothing that was read or could be undone. */
export function writesOf(statements: readonly Traced[]): Traced[] {
  const writers = new Set(statements.filter((it) => it.sql === BEGINS_WRITING).map((it) => it.connection));
  return statements.filter(
    ({ connection, sql }) =>
      writers.has(connection) && (sql === BEGINS_WRITING || sql === 'commit' || WRITES.test(sql)),
  );
}

/** As many signatures made and checked, of a record's length and with the keys at hand. */
export function sealAll({ signed, checked }: Trace): Took {
  const pair = crypto.generateKeyPairSync('ed25519');
  const octets = crypto.randomBytes(700);
  const signature = crypto.sign(null, octets, pair.privateKey);
  const took = stopwatch();
  for (let i = 0; i < signed; i++) crypto.sign(null, octets, pair.privateKey);
  for (let i = 0; i < checked; i++) crypto.verify(null, octets, pair.publicKey, signature);
  return took();
}

/** The same statements on copies of the files, each on a connection of its own as it was; the copies are gone then. */
export function replay(statements: readonly Traced[], files: readonly string[], name: string): Took {
  const opened = new Map<DatabaseSync, (sql: string) => StatementSync>();
  const databases: DatabaseSync[] = [];
  const open = (connection: DatabaseSync, file: string): ((sql: string) => StatementSync) => {
    const database = new DatabaseSync(`${file}-${name}`, { enableForeignKeyConstraints: true });
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -8000');
    databases.push(database);
    const kept = new Map<string, StatementSync>();
    const prepare = (sql: string): StatementSync => {
      const statement = kept.get(sql) ?? database.prepare(sql);
      kept.set(sql, statement);
      return statement;
    };
    opened.set(connection, prepare);
    return prepare;
  };
  const asked = statements.filter((it) => files.includes(it.file) && !it.sql.startsWith('pragma'));
  for (const { connection, file } of asked) if (!opened.has(connection)) open(connection, file);
  const took = stopwatch();
  for (const { connection, sql, values } of asked)
    opened
      .get(connection)?.(sql)
      .all(...(values ?? []));
  const result = took();
  for (const database of databases) database.close();
  for (const file of files) for (const end of ENDS) rmSync(`${file}-${name}${end}`, { force: true });
  return result;
}
