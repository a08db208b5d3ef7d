import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { nodeIdentityKey } from '../../src/parties/index.ts';
import { openHub } from './hub.ts';
import { openRelationship, talk } from './loop.ts';

test('through a relay the market never meets the node of whoever casts, and the relay never meets the cast', async () => {
  const hub = openHub('relayed');
  try {
    await hub.open('relay.example', 'sqlite', { carriesForOthers: true });
    const home = await hub.open('home.example', 'sqlite', { relay: 'relay.example' });
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    const toMarket = hub.seen.filter((it) => it.host === 'market.example');
    const direct = toMarket
      .filter((it) => it.from === 'home.example')
      .map((it) => new URL(it.request.url).pathname);
    // Looking the market up says nothing of any want; everything after that is carried.
    assert.deepEqual([...new Set(direct)], ['/.well-known/parley']);
    const carried = hub.seen.filter((it) => it.from === 'home.example' && it.host === 'relay.example');
    assert.ok(carried.length > 3);
    const relayed = hub.seen.filter((it) => it.from === 'relay.example');
    assert.ok(relayed.every((it) => it.host === 'market.example'));
    for (const { request, response } of toMarket) {
      const heard = Buffer.concat([
        Buffer.from(JSON.stringify(request.headers)),
        request.body,
        response.body,
      ]);
      assert.ok(!heard.includes('home.example'), 'the market hears nothing of the node that asks');
    }
    for (const { request, response } of carried) {
      const heard = Buffer.concat([request.body, response.body]).toString('latin1');
      for (const word of ['cast', 'trumpet', 'envelope', 'receipt']) assert.ok(!heard.includes(word), word);
    }
  } finally {
    await hub.close();
  }
});

/** With what stands in it in base64url as well. */
function plainOf(heard: Buffer): string {
  const text = heard.toString('latin1');
  const inside = text.match(/[A-Za-z0-9_-]{80,}/g) ?? [];
  return [text, ...inside.map((it) => Buffer.from(it, 'base64url').toString('latin1'))].join('\n');
}

test('without a relay the market meets the node of whoever casts, but not in what is said', async () => {
  const hub = openHub('direct');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    await openRelationship(hub, home, vendor);
    const toMarket = hub.seen.filter((it) => it.host === 'market.example');
    assert.ok(toMarket.some((it) => it.from === 'home.example' && it.request.body.length > 0));
    const key = toBase64url(nodeIdentityKey(home.deps.nodeKey).publicKey);
    for (const { request, response } of toMarket.filter((it) => it.from === 'home.example')) {
      const heard = plainOf(Buffer.concat([request.body, response.body]));
      assert.ok(!heard.includes('home.example'));
      assert.ok(!heard.includes(key), 'nor the key that would tell the casts of this node from others');
    }
  } finally {
    await hub.close();
  }
});
