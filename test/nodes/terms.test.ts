import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvelope } from '../../src/delivery/envelope.ts';
import { openHub } from './hub.ts';
import { maya, offerOnThreeNodes, type Rows, shop, stuck } from './loop.ts';

test('terms are proffered to a storefront on another node, and its answer is told once', async () => {
  const hub = openHub('terms');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const offer = await offerOnThreeNodes(hub, home, vendor);
    await home.done('proffer-terms', { to: offer, ids: ['SD-BASE'] }, maya);
    await hub.idle();
    const { rows } = await vendor.done<Rows<{ id: string }>>('list-proffers', {}, shop);
    await vendor.done('answer-terms', { id: rows[0]?.id, answer: 'accept' }, shop);
    await hub.idle();
    for (const node of [home, vendor]) node.clock?.advance(90_000);
    await hub.idle();
    const answers = hub.seen.filter(({ host, request }) => {
      const envelope = readEnvelope(request.body.subarray(0, request.body.indexOf(0x0a)));
      return host === 'home.example' && envelope.ok && envelope.value.type === 'agreement-interaction';
    });
    assert.equal(answers.length, 1);
    assert.deepEqual(await stuck(vendor, shop), []);
    const mine = await home.done<Rows<{ state: string }>>('list-proffers', {}, maya);
    assert.equal(mine.rows[0]?.state, 'accepted');
  } finally {
    await hub.close();
  }
});
