import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homeOfHandle, NODE_HOME } from '../../src/parties/index.ts';
import type { TestNode } from '../harness/node.ts';
import { trumpet, trumpetWanted } from '../story/goods.ts';
import { inCommon, type Pieces, piecesOf, rowsOf } from '../story/holdings.ts';
import { type Hub, openHub } from './hub.ts';
import type { Rows } from './loop.ts';
import { move, tellAll } from './moving.ts';

/** Everything that a vendor and the node it lives on hold, taken apart. */
async function heldBy(node: TestNode, handle: string): Promise<Pieces> {
  const home = await node.deps.storage.read((view) => homeOfHandle(view, handle));
  const moved = (await rowsOf(node, home ?? '')).length;
  assert(moved > 0);
  return piecesOf([...(await rowsOf(node, home ?? '')), ...(await rowsOf(node, NODE_HOME))]);
}

async function openShop(hub: Hub, node: TestNode, handle: string): Promise<void> {
  await node.party(handle);
  const market = await marketOf(node, handle);
  await node.done('open-storefront', { name: `The ${handle}`, market }, { as: handle });
  await hub.idle();
  await node.done('publish-listing', trumpet(node.deps.clock.now(), { stock: 5 }), { as: handle });
  await hub.idle();
}

async function marketOf(node: TestNode, handle: string): Promise<string> {
  const by = { as: handle };
  const { rows } = await node.done<Rows<{ id: string }>>('add-market', { host: 'market.example' }, by);
  return rows[0]?.id ?? '';
}

/** Accepts the offer of each of these vendors. */
async function dealWith(hub: Hub, node: TestNode, handle: string, vendors: readonly string[]): Promise<void> {
  const by = { as: handle };
  for (const vendor of vendors) {
    const market = await marketOf(node, handle);
    const fields = trumpetWanted(node.deps.clock.now(), { words: `${handle} wants it from ${vendor}` });
    await node.call('preview-cast', { fields, market }, by);
    await hub.idle();
    const { choices } = await node.done<{ choices: { cell: { id: string } }[] }>(
      'preview-cast',
      { fields, market },
      by,
    );
    const choice = choices.at(-1)?.cell.id;
    const cast = await node.done<{ id: string }>(
      'cast-intent',
      { fields, market, choice, ifBelow: 'hold' },
      by,
    );
    await hub.idle();
    const { rows } = await node.done<Rows<{ id: string; vendor: { name: string } }>>(
      'list-offers',
      { intent: cast.id },
      by,
    );
    const offer = rows.find((it) => it.vendor.name === `The ${vendor}`)?.id;
    const { relationship } = await node.done<{ relationship: string }>('accept-offer', { offer }, by);
    await hub.idle();
    await node.done('send-message', { relationship, text: `A word to ${vendor}.` }, by);
    await hub.idle();
    node.clock?.advance(7_321);
  }
}

/** When each of the others has heard of a new address. */
async function toldAt(node: TestNode, handle: string): Promise<number[]> {
  const { rows } = await node.done<Rows<{ type: string; receivedAt?: number }>>(
    'list-deliveries',
    { search: 'identity-changed' },
    { as: handle },
  );
  return rows.flatMap((row) => row.receivedAt ?? []);
}

test('moving ties nothing together: two vendors and both their nodes find nothing that they share of it', async () => {
  const hub = openHub('move-unlinkable');
  try {
    const home = await hub.open('home.example');
    const brass = await hub.open('brass.example');
    const cornets = await hub.open('cornets.example');
    await hub.open('market.example');
    const next = await hub.open('next.example');
    // No two clocks are the same to the millisecond.
    for (const [node, ms] of [
      [brass, 1_237],
      [cornets, 4_391],
      [next, 2_843],
    ] as const) {
      node.clock?.advance(ms);
    }
    await openShop(hub, brass, 'brass');
    await openShop(hub, cornets, 'cornets');
    await home.party('anna');
    await home.party('ben');
    await dealWith(hub, home, 'anna', ['brass', 'cornets']);
    await dealWith(hub, home, 'ben', ['brass']);
    await move(hub, home, next, { as: 'ben' });
    await tellAll(hub, next);
    // A stranger who moved between the same nodes: whatever is in both is no sign of anybody.
    const before = [await heldBy(brass, 'brass'), await heldBy(cornets, 'cornets')] as const;
    await move(hub, home, next, { as: 'anna' });
    await tellAll(hub, next);
    const [one, other] = await toldAt(next, 'anna');
    assert(one && other && Math.abs(one - other) > 60_000, 'each is told at a time of its own');
    const after = [await heldBy(brass, 'brass'), await heldBy(cornets, 'cornets')] as const;
    assert(after[0].size > before[0].size && after[1].size > before[1].size, 'both have been told');
    const strangers = new Set(before[0].keys());
    const ties = [...inCommon(after[0], after[1])].filter(([piece]) => !strangers.has(piece));
    assert.deepEqual(
      ties.map(([piece, places]) => `${piece} in ${[...places].join(', ')}`),
      [],
    );
  } finally {
    await hub.close();
  }
});
