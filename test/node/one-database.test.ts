import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { databaseProblem, holdDatabase, postgresStorage } from '../../src/storage/index.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { runStart, startNodeProcess } from '../harness/program.ts';
import { engines } from '../harness/test-deps.ts';
import { browserAt } from '../story/sides.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-one-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const HELD = `pid in (select pid from pg_locks where locktype = 'advisory' and granted
  and database = (select oid from pg_database where datname = current_database()))`;

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Ends the session that holds the lock, as a failing network does. */
async function endHolder(admin: pg.Client): Promise<void> {
  const ended = await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${HELD}`);
  assert.equal(ended.rowCount, 1);
}

if (engines().includes('postgresql')) {
  test('two nodes with one key and one database: the second does not start until the first has ended', async () => {
    const database = await createTestDatabase();
    assert(database);
    const env = { DATABASE_URL: database.url };
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const first = await startNodeProcess(one, { env });
    mkdirSync(two);
    copyFileSync(join(one, 'node.key'), join(two, 'node.key'));
    const second = await runStart(['--data', two, '--port', '0'], { env });
    assert.deepEqual([second.code, second.out], [1, '']);
    assert.match(second.error, /^Another Parley is using this database\. .*\n$/);
    await first.end('SIGKILL');
    const next = await startNodeProcess(two, { env });
    const admin = await connected(database.url);
    await endHolder(admin);
    const side = browserAt(() => next.address);
    await side.done('claim-node', { token: next.token });
    assert.equal((await runStart(['--data', one, '--port', '0'], { env })).code, 1, 'it has the lock again');
    assert.equal((await next.end('SIGTERM')).code, 0);
    await admin.end();
    await database.drop();
  });

  test('a node that has lost its database to another one writes nothing until it has it again', async () => {
    const database = await createTestDatabase();
    assert(database);
    const [admin, other] = [await connected(database.url), await connected(database.url)];
    let told = 0;
    const hold = await holdDatabase(database.url, () => told++);
    const storage = postgresStorage(database.url, { hold });
    const write = () =>
      storage
        .transact('h', (tx) => sql`insert into t values (1)`.execute(tx.db))
        .then(
          () => 'done',
          (error) => databaseProblem(error)?.code,
        );
    await admin.query('create table t (a bigint)');
    assert.equal(await write(), 'done');
    const waiting = other.query(`select pg_advisory_lock(hashtextextended('parley public', 0))`);
    while ((await admin.query('select 1 from pg_locks where not granted')).rowCount === 0);
    const late = storage.transact('h', async (tx) => {
      await sql`insert into t values (2)`.execute(tx.db);
      await endHolder(admin);
      await waiting;
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await assert.rejects(late, 'it began before the loss and does not commit after it');
    assert.equal(await write(), 'database-in-use');
    assert.equal(told, 1);
    await other.end();
    assert.equal(await write(), 'done');
    assert.deepEqual((await admin.query('select a from t')).rows, [{ a: '1' }, { a: '1' }]);
    await storage.close();
    assert.equal((await admin.query(`select 1 from pg_stat_activity where ${HELD}`)).rowCount, 0);
    await admin.end();
    await database.drop();
  });
}
