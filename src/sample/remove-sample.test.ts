import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { homeTables } from '../storage/index.ts';
import type { SampleDeps } from './deps.ts';
import { eraseSample, WHOLE } from './erase-sample.ts';
import { load } from './load-sample.ts';
import type { SampleSize } from './plan.ts';

const SMALL: SampleSize = {
  vendors: 12,
  listings: 240,
  casts: 3_000,
  people: 200,
  byHand: 3,
  categoriesPerVendor: 14,
};
/** The same parties with little to say: enough for whatever removes it. */
const TINY: SampleSize = { ...SMALL, listings: 60, casts: 300 };
const quiet = { tell: async () => {}, count: () => {}, isStopping: () => false };
const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
const maya = { as: 'maya' };

/** What a process that is killed after this many transactions has done. */
function diesAfter(deps: SampleDeps, transactions: number): SampleDeps {
  let left = transactions;
  return {
    ...deps,
    storage: {
      ...deps.storage,
      transact: (home, body) => {
        if (left-- <= 0) throw new Error('killed');
        return deps.storage.transact(home, body);
      },
    },
  };
}

async function homesWithRows(node: TestNode): Promise<Set<string>> {
  return node.deps.storage.read(async (view) => {
    const homes = new Set<string>();
    for (const table of await homeTables(view)) {
      const query = sql<{ home_id: string }>`select distinct home_id from ${sql.table(table)}`;
      for (const row of (await query.execute(view.db)).rows) homes.add(row.home_id);
    }
    return homes;
  });
}

interface Offer {
  readonly id: string;
  readonly how: string;
  readonly asks: { readonly property: string; readonly purpose: string; readonly required: boolean }[];
}

/** Maya casts a want into the sample market and, where somebody asks for nothing, comes to an agreement. */
async function wantThere(node: TestNode): Promise<{ want: string; agreed: string; relationship: string }> {
  const { code } = await node.done<{ code: string }>('show-recovery-code', {}, maya);
  await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
  const markets = await node.done<{ rows: { id: string; isSample: boolean }[] }>('list-markets', {}, maya);
  const market = markets.rows.find((it) => it.isSample)?.id;
  const cast = async (max: string): Promise<string> => {
    const fields = {
      kind: 'goods',
      category: 'ae-2-8-3-5-3',
      place: GHENT,
      budget: { max: { unit: 'EUR', value: max } },
      words: 'a trumpet near Ghent',
    };
    await node.done('preview-cast', { fields, market }, maya);
    await node.idle();
    const made = await node.done<{ id: string; happened: string }>(
      'cast-intent',
      { fields, market, ifBelow: 'widen' },
      maya,
    );
    assert.match(made.happened, /cast|widened/);
    await node.idle();
    return made.id;
  };
  const agreed = await cast('500000');
  const { rows } = await node.done<{ rows: Offer[] }>('list-offers', { intent: agreed }, maya);
  const offer = rows.find((it) => it.asks.every((ask) => !ask.required));
  assert.ok(offer, 'somebody in the sample asks for nothing');
  const { relationship } = await node.done<{ relationship: string }>(
    'accept-offer',
    { offer: offer.id },
    maya,
  );
  await node.idle();
  return { want: await cast('600000'), agreed, relationship };
}

for (const engine of engines()) {
  test(`${engine}: a removal that is killed at any point is finished by the next start`, async () => {
    const node = await startTestNode({ engine, rehearse: false });
    try {
      await node.party('maya');
      const real = await homesWithRows(node);
      for (const transactions of [1, 3, 9, 15]) {
        assert.equal(await load(node.deps, quiet, TINY), true);
        await assert.rejects(eraseSample(diesAfter(node.deps, transactions), WHOLE), /killed/);
        assert.equal((await node.done<{ state: string }>('sample-status', {}, maya)).state, 'removing');
        await node.reopen();
        assert.equal((await node.done<{ state: string }>('sample-status', {}, maya)).state, 'absent');
        assert.deepEqual(await homesWithRows(node), real);
      }
    } finally {
      await node.close();
    }
  });

  test(`${engine}: a removal that is stopped says so and goes on when it is asked for again`, async () => {
    const node = await startTestNode({ engine, rehearse: false });
    try {
      await node.party('maya');
      assert.equal(await load(node.deps, quiet, TINY), true);
      let left = 5;
      const told: number[] = [];
      const tell = async (done: number, total: number): Promise<void> => {
        told.push(done / total);
      };
      assert.equal(await eraseSample(node.deps, { tell, isStopping: () => left-- <= 0 }), undefined);
      assert.equal(told.length, 5);
      assert.equal((await node.done<{ state: string }>('sample-status', {}, maya)).state, 'removing');
      assert.equal((await node.refused('load-sample', {}, maya)).code, 'sample-present');
      await node.done('remove-sample', {}, maya);
      await node.idle();
      assert.equal((await node.done<{ state: string }>('sample-status', {}, maya)).state, 'absent');
    } finally {
      await node.close();
    }
  });

  test(`${engine}: wants that were cast there end, and relationships with its vendors`, async () => {
    const node = await startTestNode({ engine });
    try {
      await node.party('maya');
      assert.equal(await load(node.deps, quiet, SMALL), true);
      await node.idle();
      const { want, agreed, relationship } = await wantThere(node);
      assert.equal((await node.done<{ state: string }>('get-intent', { id: want }, maya)).state, 'open');
      await eraseSample(node.deps, WHOLE);
      await node.idle();
      const ended = await node.done<{ state: string; ended?: string }>('get-intent', { id: want }, maya);
      assert.equal(ended.state, 'closed');
      assert.equal(ended.ended, 'It ended when the sample market that it was cast into was removed.');
      const kept = await node.done<{ state: string; ended?: string }>('get-intent', { id: agreed }, maya);
      assert.deepEqual([kept.state, kept.ended], ['agreed', undefined]);
      const seen = await node.done<{ state: string; endedBy?: string; with: { isSample: boolean } }>(
        'get-relationship',
        { relationship },
        maya,
      );
      assert.deepEqual([seen.state, seen.endedBy, seen.with.isSample], ['ended', 'sample', true]);
      await node.done('get-agreement', { relationship }, maya);
    } finally {
      await node.close();
    }
  });
}
