import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { pause } from '../kernel/clock.ts';
import { fail, ok } from '../kernel/result.ts';
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

test('sqlite: a body that goes on over a full disk is told so, alone and beside others, and nothing of it stands', async () => {
  const storage = sqliteStorage(join(folder, 'full.sqlite'));
  const run = (text: string) => storage.transact('h', (tx) => sql.raw(text).execute(tx.db));
  await run('create table t (a)');
  const over = (end: unknown) =>
    storage
      .transact('h', async (tx) => {
        const put = (octets: number) => sql`insert into t values (zeroblob(${octets}))`.execute(tx.db);
        await put(1);
        await sql`pragma max_page_count = 4`.execute(tx.db);
        await put(100_000).catch(() => {});
        // The transaction is over: what comes after it must not be one by itself.
        await put(2).catch(() => {});
        return end;
      })
      .then(
        () => 'done',
        (error) => databaseProblem(error)?.code ?? 'a bug',
      );
  for (const end of [ok(1), fail('no', 'No.', 'Nothing.')]) {
    assert.equal(await over(end), 'database-full', 'alone');
    const both = await Promise.all([over(end), over(end)]);
    assert.deepEqual(both, ['database-full', 'database-full'], 'beside another');
  }
  await run('pragma max_page_count = 1000000');
  await run('insert into t values (3)');
  const { rows } = await storage.read((view) => sql`select a from t`.execute(view.db));
  assert.deepEqual(rows, [{ a: 3 }]);
  await storage.close();
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
