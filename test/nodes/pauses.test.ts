import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestNode } from '../harness/node.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, shop } from './loop.ts';

test('two pauses that cross on the way are both in force at both ends, until each side has resumed', async () => {
  const hub = openHub('pauses');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    hub.cut('shop.example', true);
    await home.done('pause-relationship', { relationship }, maya);
    await vendor.done('pause-relationship', { relationship }, shop);
    hub.cut('shop.example', false);
    home.clock?.advance(60_000);
    await hub.idle();
    assert.deepEqual(await standing(home, maya, relationship), ['paused', 'both']);
    assert.deepEqual(await standing(vendor, shop, relationship), ['paused', 'both']);

    await home.done('resume-relationship', { relationship }, maya);
    await hub.idle();
    assert.deepEqual(await standing(home, maya, relationship), ['paused', 'theirs']);
    assert.deepEqual(await standing(vendor, shop, relationship), ['paused', 'mine']);
    const words = { relationship, text: 'Too early.' };
    assert.equal((await home.refused('send-message', words, maya)).code, 'relationship-state');
    const again = await home.refused('resume-relationship', { relationship }, maya);
    assert.equal(again.code, 'relationship-paused-by-other');

    await vendor.done('resume-relationship', { relationship }, shop);
    await hub.idle();
    assert.deepEqual(await standing(home, maya, relationship), ['active', undefined]);
    assert.deepEqual(await standing(vendor, shop, relationship), ['active', undefined]);
  } finally {
    await hub.close();
  }
});

interface Detail {
  readonly state: string;
  readonly pausedBy?: string;
}

async function standing(node: TestNode, by: { as: string }, relationship: string) {
  const { state, pausedBy } = await node.done<Detail>('get-relationship', { relationship }, by);
  return [state, pausedBy];
}
