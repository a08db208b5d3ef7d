import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { pause } from '../kernel/clock.ts';
import { databaseProblem, sqliteStorage } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-lock-'));
after(() => rmSync(folder, { recursive: true }));

test('sqlite: a writer waits for another program without holding up this one, and gives up after a while', async () => {
  const path = join(folder, 'a.sqlite');
  const storage = sqliteStorage(path);
  const write = () => storage.transact('h', (tx) => sql`insert into t values (1)`.execute(tx.db));
  const read = () =>
    storage.read(
      async (view) => (await sql<{ n: number }>`select count(*) as n from t`.execute(view.db)).rows[0]?.n,
    );
  await storage.transact('h', (tx) => sql`create table t (a)`.execute(tx.db));
  const other = new DatabaseSync(path);
  other.exec('begin immediate');

  let turns = 0;
  let ended = '';
  const one = write().then(
    () => assert.fail('it was written'),
    (error) => {
      ended = databaseProblem(error)?.code ?? 'a bug';
    },
  );
  for (; turns < 50; turns++) {
    assert.equal(await read(), 0);
    await pause(1);
  }
  assert.equal(ended, '', 'fifty reads and turns while it waits');
  await one;
  assert.equal(ended, 'database-locked');

  const two = write();
  await pause(50);
  other.exec('rollback');
  await two;
  assert.equal(await read(), 1);

  other.exec('begin immediate');
  await storage.close();
  other.exec('rollback');
  other.close();
});

const OPEN = '/proc/self/fd';
const needsProc = { skip: existsSync(OPEN) ? false : 'open files are listed on Linux only' };

test(
  'sqlite: nothing of a database lies in a temporary file, however much one body writes over',
  needsProc,
  async () => {
    const storage = sqliteStorage(join(folder, 'b.sqlite'));
    await storage.transact('h', (tx) => sql`create table t (a, b)`.execute(tx.db));
    const fill = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 4000)
    insert into t select i, hex(randomblob(100)) from n`;
    await storage.transact('h', (tx) => fill.execute(tx.db));
    const gone = (): string[] =>
      readdirSync(OPEN)
        .map(nameOf)
        .filter((it) => it.includes('(deleted)'));
    const before = new Set(gone());
    let made: string[] = [];
    const big = storage.transact('h', async (tx) => {
      await sql`update t set b = hex(randomblob(100))`.execute(tx.db);
      made = gone().filter((it) => !before.has(it));
    });
    const beside = storage.transact('h', async () => {}); // so that both have savepoints
    await Promise.all([big, beside]);
    assert.deepEqual(made, []);
    await storage.close();
  },
);

/** A file that has no name any more, as the temporary ones of SQLite, is told as deleted. */
function nameOf(number: string): string {
  try {
    return readlinkSync(join(OPEN, number));
  } catch {
    return '';
  }
}
