import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { createTestDatabase } from '../../test/harness/postgres.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { migrate, postgresStorage, sqliteStorage } from './index.ts';
import { databaseProblem } from './problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-problem-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'a.sqlite');

/** The code of what this throws. */
async function codeOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
  } catch (error) {
    return databaseProblem(error)?.code ?? 'a bug';
  }
  return undefined;
}

test('sqlite: locked, read-only, full, damaged and unreachable are told apart, and a bug is none of them', async () => {
  const writer = new DatabaseSync(path);
  writer.exec('create table t (a primary key); pragma max_page_count = 3; begin exclusive');
  const other = new DatabaseSync(path, { timeout: 0 });
  assert.equal(await codeOf(() => other.exec('insert into t values (1)')), 'database-locked');
  writer.exec('commit');
  other.close();
  const reader = new DatabaseSync(path, { readOnly: true });
  assert.equal(await codeOf(() => reader.exec('insert into t values (1)')), 'database-read-only');
  reader.close();
  const fill = () => {
    for (;;) writer.exec('insert into t values (randomblob(1000))');
  };
  assert.equal(await codeOf(fill), 'database-full');
  assert.equal(await codeOf(() => writer.exec('select * from missing_table')), 'a bug');
  writer.close();
  writeFileSync(path, 'no database at all, and long enough to be looked at as one would be');
  const garbage = async () => migrate(sqliteStorage(path), 0);
  assert.equal(await codeOf(garbage), 'database-damaged');
  const nowhere = () => sqliteStorage(join(folder, 'none', 'b.sqlite'));
  assert.equal(await codeOf(nowhere), 'database-unreachable');
  assert.equal(await codeOf(() => Promise.reject(new TypeError('a bug'))), 'a bug');
});

if (engines().includes('postgresql')) {
  test('postgresql: unreachable, refused and read-only are told apart', async () => {
    const database = await createTestDatabase();
    assert(database);
    const tryOn = async (change: (url: URL) => void): Promise<string | undefined> => {
      const url = new URL(database.url);
      change(url);
      const storage = postgresStorage(url.href);
      const code = await codeOf(() => migrate(storage, 0));
      await storage.close();
      return code;
    };
    const changes: [string, (url: URL) => void][] = [
      ['database-unreachable', (url) => Object.assign(url, { port: '1' })],
      ['database-unreachable', (url) => Object.assign(url, { hostname: 'no-such-host.invalid' })],
      ['database-refused', (url) => Object.assign(url, { pathname: '/no_such_database' })],
      ['database-refused', (url) => Object.assign(url, { username: 'no_such_user' })],
      ['database-read-only', (url) => url.searchParams.set('options', '-c default_transaction_read_only=on')],
    ];
    for (const [code, change] of changes) assert.equal(await tryOn(change), code);
    await database.drop();
  });
}
