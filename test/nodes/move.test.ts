import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../harness/test-deps.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, shop, stuck, talk } from './loop.ts';
import { begin, invite, type Shown, speak, stateOn, takeIntoUse } from './moving.ts';

for (const engine of engines()) {
  test(`a person moves to another node and everything goes on, on ${engine}`, async () => {
    const hub = openHub(`move-${engine}`);
    try {
      const home = await hub.open('home.example', engine);
      const vendor = await hub.open('shop.example');
      await hub.open('market.example');
      const next = await hub.open('next.example', engine);
      const relationship = await openRelationship(hub, home, vendor);
      await talk(hub, home, vendor, relationship);
      await begin(home, await invite(next));
      assert.equal(
        (await home.refused('put-item', { property: 'schema:name', value: 'M' }, maya)).code,
        'party-paused',
      );
      await hub.idle();
      assert.equal(await stateOn(home), 'handed-over');
      assert.equal(await stateOn(next), 'handed-over');
      const told = await home.done<Shown>('show-move', {}, maya);
      assert.match(told.move?.next ?? '', /^Sign in at next\.example as maya with the same passphrase/);
      const early = { relationship, text: 'Too early.' };
      assert.equal((await next.refused('send-message', early, maya)).code, 'party-paused');
      assert.equal((await home.refused('cancel-move', {}, maya)).code, 'move-too-late');
      await takeIntoUse(next);
      await hub.idle();
      assert.equal(await stateOn(next), 'in-use');
      assert.equal(await stateOn(home), 'forwarding');
      assert.equal((await home.refused('send-message', early, maya)).code, 'party-paused');
      await speak(hub, next, vendor, relationship);
      assert.deepEqual(await stuck(next, maya), []);
      assert.deepEqual(await stuck(vendor, shop), []);
    } finally {
      await hub.close();
    }
  });
}
