import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../harness/test-deps.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, shop, stuck, talk } from './loop.ts';

for (const engine of engines()) {
  test(`a person, a vendor and a market on three nodes go through the whole loop, on ${engine}`, async () => {
    const hub = openHub(`three-${engine}`);
    try {
      const home = await hub.open('home.example', engine);
      const vendor = await hub.open('shop.example');
      await hub.open('market.example', engine);
      const relationship = await openRelationship(hub, home, vendor);
      await talk(hub, home, vendor, relationship);
      assert.deepEqual(await stuck(home, maya), []);
      assert.deepEqual(await stuck(vendor, shop), []);
    } finally {
      await hub.close();
    }
  });
}
