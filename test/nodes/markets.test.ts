import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { trumpetWanted } from '../story/goods.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, type Rows } from './loop.ts';

interface Market {
  id: string;
  name: string;
  host: string;
  isHere: boolean;
  reached: string;
}

async function added(node: TestNode): Promise<string> {
  const { rows } = await node.done<Rows<{ id: string }>>('add-market', { host: 'market.example' }, maya);
  assert(rows[0]);
  return rows[0].id;
}

test('two markets of one name are told apart by where they are and how they are reached', async () => {
  const hub = openHub('where');
  try {
    await hub.open('market.example');
    await hub.open('relay.example', 'sqlite', { carriesForOthers: true });
    for (const [host, relay] of [
      ['home.example', undefined],
      ['hidden.example', 'relay.example'],
    ] as const) {
      const node = await hub.open(host, 'sqlite', relay === undefined ? {} : { relay });
      await node.party('maya');
      const there = await added(node);
      const { rows } = await node.done<Rows<Market>>('list-markets', {});
      assert.equal(new Set(rows.map((it) => it.name)).size, 1);
      const reached = relay === undefined ? 'direct' : 'relay';
      assert.deepEqual(
        rows.map(({ host: at, isHere, reached: how }) => [at, isHere, how]).sort(),
        [
          [host, true, 'here'],
          ['market.example', false, reached],
        ].sort(),
      );
      const shown = await node.done<Market>('show-market', { id: there });
      assert.deepEqual([shown.host, shown.isHere, shown.reached], ['market.example', false, reached]);
      const fields = trumpetWanted(node.deps.clock.now());
      const preview = await node.done<{ market: Market }>('preview-cast', { fields, market: there }, maya);
      assert.deepEqual([preview.market.host, preview.market.reached], ['market.example', reached]);
      const asked = await node.done<{ relay?: string; publicOrigin: string }>('show-node', {}, 'operator');
      assert.deepEqual([asked.relay, asked.publicOrigin], [relay, `https://${host}`]);
    }
  } finally {
    await hub.close();
  }
});

for (const engine of engines()) {
  test(`a market on another node is forgotten, and wants there end and say why, on ${engine}`, async () => {
    const hub = openHub(`forget-${engine}`);
    try {
      await hub.open('market.example');
      const home = await hub.open('home.example', engine);
      const vendor = await hub.open('shop.example');
      const relationship = await openRelationship(hub, home, vendor);
      const market = await added(home);
      const fields = trumpetWanted(home.deps.clock.now(), { words: 'another trumpet' });
      const preview = await home.done<{ choices: { cell: { id: string } }[] }>(
        'preview-cast',
        { fields, market },
        maya,
      );
      const choice = preview.choices.at(-1)?.cell.id;
      const { id } = await home.done<{ id: string }>(
        'cast-intent',
        { fields, market, choice, ifBelow: 'hold' },
        maya,
      );
      await hub.idle();
      const here = (await home.done<Rows<Market>>('list-markets', {})).rows.find((it) => it.isHere);
      assert.equal((await home.refused('forget-market', { id: here?.id }, 'operator')).code, 'market-here');
      assert.equal((await vendor.refused('forget-market', { id: market }, 'operator')).code, 'market-in-use');
      assert.equal(
        (await home.refused('forget-market', { id: 'nowhere' }, 'operator')).code,
        'market-unknown',
      );

      const told = await home.done<{ wants: number; host: string }>(
        'forget-market',
        { id: market },
        'operator',
      );
      assert.deepEqual([told.host, told.wants], ['market.example', 1]);
      const want = await home.done<{ state: string; endReason?: string }>('get-intent', { id }, maya);
      assert.deepEqual([want.state, want.endReason], ['closed', 'market-forgotten']);
      const known = await home.done<Rows<Market>>('list-markets', {});
      assert.deepEqual(
        known.rows.map((it) => it.isHere),
        [true],
      );
      await hub.idle();
      // What was agreed there goes on; and the market can be added again.
      await home.done('send-message', { relationship, text: 'Still here.' }, maya);
      assert.equal(await added(home), market);
    } finally {
      await hub.close();
    }
  });
}
