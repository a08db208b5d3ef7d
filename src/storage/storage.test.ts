import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { fail, ok } from '../kernel/result.ts';
import { migrate, sqliteStorage, tables } from './index.ts';

interface Values {
  node_values: { home_id: string; name: string; value: string };
}
const folder = mkdtempSync(join(tmpdir(), 'parley-'));
after(() => rmSync(folder, { recursive: true }));

test('sqlite: commit, rollback on failure, throw', async () => {
  const s = sqliteStorage(join(folder, 'a.sqlite'), { rehearse: true });
  assert.deepEqual(await migrate(s, 1), ok({ applied: 3 }));
  const put = (name: string, end: () => unknown) =>
    s.transact('node', async (tx) => {
      await tables<Values>(tx)
        .insertInto('node_values')
        .values({ home_id: 'node', name, value: 'x' })
        .execute();
      return end();
    });
  const results = await Promise.allSettled([
    put('a', () => ok(1)),
    put('b', () => fail('no', 'No.', 'Nothing.')),
    put('c', () => {
      throw new Error('bug');
    }),
    put('d', () => ok(1)),
  ]);
  assert.equal(results[2]?.status, 'rejected');
  const names = await s.read((v) =>
    tables<Values>(v).selectFrom('node_values').select('name').orderBy('name').execute(),
  );
  assert.deepEqual(
    names.map((r) => r.name),
    ['a', 'd'],
  );
  const t = Date.now();
  const N = 20000;
  await Promise.all(Array.from({ length: N }, (_, i) => put(`n${i}`, () => ok(i))));
  console.log(
    'tx/s',
    Math.round((N / (Date.now() - t)) * 1000),
    await s.read((v) => sql`select count(*) n from node_values`.execute(v.db)),
  );
  await s.close();
});
