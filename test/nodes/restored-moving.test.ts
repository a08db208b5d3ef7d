import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backUp, restore } from './backup.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, shop, stuck, talk } from './loop.ts';
import { begin, invite, speak, stateOn } from './moving.ts';

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
