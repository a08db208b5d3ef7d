import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from './postgres.ts';
import { findPostgres, startPostgres } from './postgres-server.ts';

const skip = findPostgres() ? false : 'no PostgreSQL here';

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows[0];
  } finally {
    await client.end();
  }
}

test('a throwaway server starts, compares by bytes in UTF-8, and is gone when stopped', {
  skip,
}, async () => {
  const server = await startPostgres();
  const settings = await ask(
    server.url,
    "select current_setting('server_encoding') as encoding, datcollate as locale from pg_database where datname = current_database()",
  );
  assert.deepEqual(settings, { encoding: 'UTF8', locale: 'C' });
  await server.stop();
  await assert.rejects(ask(server.url, 'select 1'), { code: 'ECONNREFUSED' });
});

test('every test database is empty, its own, and goes when dropped', { skip }, async () => {
  const given = process.env.PARLEY_TEST_POSTGRES;
  const server = given ? undefined : await startPostgres();
  process.env.PARLEY_TEST_POSTGRES = given ?? server?.url;
  const [one, two] = [await createTestDatabase(), await createTestDatabase()];
  assert.ok(one && two);
  await ask(one.url, 'create table t (a int)');
  const count = "select count(*)::int as n from pg_tables where tablename = 't'";
  assert.deepEqual(await ask(one.url, count), { n: 1 });
  assert.deepEqual(await ask(two.url, count), { n: 0 });
  await Promise.all([one.drop(), two.drop()]);
  await assert.rejects(ask(one.url, 'select 1'), { code: '3D000' });
  await server?.stop();
});
