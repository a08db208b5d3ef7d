import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { homeTables } from '../storage/index.ts';
import { castsIn, planCrowds } from './crowds.ts';
import { eraseSample, WHOLE } from './erase-sample.ts';
import { draftsOf } from './listings.ts';
import { load, SEED } from './load-sample.ts';
import { planVendors, SAMPLE_SIZE, type SampleSize } from './plan.ts';

const SMALL: SampleSize = {
  vendors: 12,
  listings: 120,
  casts: 300,
  people: 200,
  byHand: 3,
  categoriesPerVendor: 14,
};
const quiet = { tell: async () => {}, count: () => {}, isStopping: () => false };

async function rowsByHome(node: TestNode): Promise<Map<string, number>> {
  return node.deps.storage.read(async (view) => {
    const counts = new Map<string, number>();
    for (const table of await homeTables(view)) {
      const query = sql<{
        home_id: string;
        rows: number;
      }>`select home_id, count(*) as rows from ${sql.table(table)} group by home_id`;
      for (const { home_id, rows } of (await query.execute(view.db)).rows) {
        counts.set(`${table} ${home_id}`, Number(rows));
      }
    }
    return counts;
  });
}

for (const engine of engines()) {
  test(`${engine}: the sample comes in whole, is labelled, and goes out without leaving a row`, async () => {
    const node = await startTestNode({ engine, rehearse: false });
    try {
      await node.party('maya');
      // The market publishes its first table when it comes to it.
      await node.idle();
      const before = await rowsByHome(node);
      assert.equal(await load(node.deps, quiet, SMALL), true);
      await node.idle();
      const maya = { as: 'maya' };
      const markets = await node.done<{ rows: { name: string; isSample: boolean }[] }>(
        'list-markets',
        {},
        maya,
      );
      assert.deepEqual(markets.rows.map((m) => m.isSample).sort(), [false, true]);
      const status = await node.done<{ state: string; vendors: { handle: string }[] }>(
        'sample-status',
        {},
        maya,
      );
      assert.equal(status.state, 'loaded');
      assert.equal(status.vendors.length, 12);
      const acting = await node.done<{ isSample: boolean }>(
        'act-as-sample',
        { handle: status.vendors[0]?.handle },
        maya,
      );
      assert.equal(acting.isSample, true);
      await eraseSample(node.deps, WHOLE);
      const after = await rowsByHome(node);
      after.delete('sessions node');
      before.delete('sessions node');
      before.set('node_values node', (before.get('node_values node') ?? 0) + 1);
      assert.deepEqual(after, before);
      assert.equal((await node.done<{ state: string }>('sample-status', {}, maya)).state, 'absent');
    } finally {
      await node.close();
    }
  });
}

test('loading is stopped midway and leaves nothing; a second loading is refused', async () => {
  const node = await startTestNode({ rehearse: false });
  try {
    await node.party('maya');
    const maya = { as: 'maya' };
    const { job } = await node.done<{ job: string }>('load-sample', {}, maya);
    assert.equal((await node.refused('load-sample', {}, maya)).code, 'sample-present');
    await node.done('cancel-job', { id: job }, maya);
    await node.idle();
    assert.equal((await node.done<{ state: string }>('get-job', { id: job }, maya)).state, 'cancelled');
    assert.equal((await node.done<{ state: string }>('sample-status', {}, maya)).state, 'absent');
    assert.equal((await node.refused('remove-sample', {}, maya)).code, 'sample-absent');
  } finally {
    await node.close();
  }
});

test('one seed gives one market, of the size that is promised', async () => {
  const node = await startTestNode({ rehearse: false });
  try {
    const { places, categories } = node.deps;
    const plan = () => planVendors(seededRandom(SEED), places, categories, SAMPLE_SIZE);
    const [vendors, again] = [plan(), plan()];
    assert.deepEqual(vendors, again);
    assert.equal(vendors.length, 300);
    assert.equal(new Set(vendors.map((v) => v.name)).size, 300);
    assert.equal(
      vendors.reduce((sum, v) => sum + v.listings, 0),
      20_000,
    );
    assert.equal(vendors.filter((v) => v.isByHand).length >= 40, true);
    const [vendor] = vendors;
    assert.ok(vendor);
    const drafts = () => draftsOf(vendor, seededRandom('x'), categories, 0);
    assert.deepEqual(drafts(), drafts());
    const crowds = planCrowds(vendors, categories);
    const casts = castsIn(crowds, seededRandom('z'), SAMPLE_SIZE);
    assert.equal(casts.length, 50_000);
    assert.equal(casts.filter((c) => c.isCounted).length, 20_000);
    assert.ok(crowds.reduce((sum, c) => sum + c.people, 0) <= 20_000);
  } finally {
    await node.close();
  }
});
