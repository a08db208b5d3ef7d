import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestNode } from '../harness/node.ts';
import { backUp, restore, restoreUnnoticed } from './backup.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';

test('a node that comes back from an old backup signs nothing before it has asked, and then has everything again', async () => {
  const hub = openHub('restored');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    hub.cut('shop.example', true);
    await restore(home);
    const words = { relationship, text: 'Said too early.' };
    assert.equal((await home.refused('send-message', words, maya)).code, 'relationship-reconciling');
    hub.cut('shop.example', false);
    home.clock?.advance(60_000);
    await hub.idle();
    assert.deepEqual(await said(home, maya, relationship), ['Hello from fanfare.', 'Hello from maya.']);
    // What this node had sent before may still be under way to them.
    const { code } = await home.refused('send-message', words, maya);
    assert.equal(code, 'relationship-reconciling');
    await settled(hub, home);
    await home.done('send-message', { relationship, text: 'Now it goes on.' }, maya);
    await hub.idle();
    assert.equal((await said(vendor, shop, relationship)).length, 3);
    assert.deepEqual(await stuck(home, maya), []);
  } finally {
    await hub.close();
  }
});

test('a backup that came back unnoticed is found out by the first record, and both hold the same again', async () => {
  const hub = openHub('unnoticed');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    await restoreUnnoticed(home);
    await home.done('send-message', { relationship, text: 'A second third word.' }, maya);
    await hub.idle();
    assert.deepEqual(
      (await said(home, maya, relationship)).filter((text) => text.startsWith('Hello')),
      ['Hello from fanfare.', 'Hello from maya.'],
    );
    await home.done('send-message', { relationship, text: 'Said anew.' }, maya);
    await hub.idle();
    assert.deepEqual((await said(vendor, shop, relationship)).at(-1), 'Said anew.');
    assert.deepEqual(await chains(home, relationship, maya), await chains(vendor, relationship, shop));
  } finally {
    await hub.close();
  }
});

test('what a node that came back is told is applied one after the other: a pause, and then its end', async () => {
  const hub = openHub('paused-meanwhile');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await backUp(home);
    await vendor.done('pause-relationship', { relationship }, shop);
    await vendor.done('resume-relationship', { relationship }, shop);
    await hub.idle();
    await restore(home);
    await settled(hub, home);
    const { state } = await home.done<{ state: string }>('get-relationship', { relationship }, maya);
    assert.equal(state, 'active');
    await home.done('send-message', { relationship, text: 'It goes on.' }, maya);
  } finally {
    await hub.close();
  }
});

/** Five minutes later the other side is asked once more, and then the node goes on. */
async function settled(hub: Hub, node: TestNode): Promise<void> {
  await hub.idle();
  node.clock?.advance(301_000);
  await hub.idle();
}

async function said(node: TestNode, by: { as: string }, relationship: string): Promise<string[]> {
  const { rows } = await node.done<Rows<{ text: string }>>('list-messages', { relationship }, by);
  return rows.map((it) => it.text).sort();
}

/** Ids of all records of the relationship, sorted. */
async function chains(node: TestNode, relationship: string, by: { as: string }): Promise<string[]> {
  const { timeline } = await node.done<{ timeline: { record: string }[] }>(
    'get-relationship',
    { relationship },
    by,
  );
  return timeline.map((it) => it.record).sort();
}
