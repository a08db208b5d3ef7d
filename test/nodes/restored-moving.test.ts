import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestNode } from '../harness/node.ts';
import { backUp, restore } from './backup.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, shop, stuck, talk } from './loop.ts';
import { begin, invite, speak, stateOn, takeIntoUse, tellAll } from './moving.ts';

test('who was on the move when the backup was made, and acts here again, asks first', async () => {
  const hub = openHub('restored on the move');
  try {
    const [home, vendor] = [await hub.open('home.example'), await hub.open('shop.example')];
    await hub.open('market.example');
    const next = await hub.open('next.example');
    const relationship = await openRelationship(hub, home, vendor);
    hub.onWire(async (host, request) => {
      if (host !== 'next.example' || !request.url.includes('/parley/v1/moves/')) return 'arrives';
      return (await stateOn(next)) === 'arrived' ? 'lost' : 'arrives';
    });
    await begin(home, await invite(next));
    await hub.idle();
    assert.equal(await stateOn(home), 'sending');
    await backUp(home);
    hub.onWire(undefined);
    await home.done('cancel-move', {}, maya);
    for (let minute = 0; minute < 3; minute++) {
      home.clock?.advance(60_000);
      await hub.idle();
    }
    await talk(hub, home, vendor, relationship);
    hub.cut('shop.example', true);
    await restore(home);
    for (let minute = 0; minute < 3; minute++) {
      home.clock?.advance(60_000);
      await hub.idle();
    }
    assert.equal(await stateOn(home), 'cancelled', 'the other node has said that nothing comes of it');
    const words = { relationship, text: 'Too early.' };
    assert.equal((await home.refused('send-message', words, maya)).code, 'relationship-reconciling');
    hub.cut('shop.example', false);
    for (let minute = 0; minute < 15; minute++) {
      home.clock?.advance(60_000);
      await hub.idle();
    }
    await speak(hub, home, vendor, relationship);
    assert.deepEqual(await stuck(home, maya), []);
    assert.deepEqual(await stuck(vendor, shop), []);
  } finally {
    await hub.close();
  }
});

test('a node that comes back from before it took somebody into use makes the same keys for them again', async () => {
  const hub = openHub('restored before use');
  try {
    const [home, vendor] = [await hub.open('home.example'), await hub.open('shop.example')];
    await hub.open('market.example');
    const next = await hub.open('next.example');
    const relationship = await openRelationship(hub, home, vendor);
    await begin(home, await invite(next));
    await hub.idle();
    await backUp(next);
    await takeIntoUse(next, maya, true);
    await hub.idle();
    const before = await keysOf(next, maya, relationship);
    await restore(next);
    await takeIntoUse(next, maya, true);
    await tellAll(hub, next);
    const [hers, theirs] = [await keysOf(next, maya, relationship), await keysOf(vendor, shop, relationship)];
    assert.equal(hers.code, before.code);
    assert.equal(theirs.code, before.code, 'digits that stay different would accuse somebody');
    assert.deepEqual([theirs.theirs.changes, theirs.theirs.conflicts], [1, 0]);
    await speak(hub, next, vendor, relationship);
  } finally {
    await hub.close();
  }
});

interface Keys {
  readonly code: string;
  readonly theirs: { readonly changes: number; readonly conflicts: number };
}

async function keysOf(node: TestNode, by: { as: string }, relationship: string): Promise<Keys> {
  return (await node.done<{ keys: Keys }>('get-relationship', { relationship }, by)).keys;
}
