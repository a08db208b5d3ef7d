import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestNode } from '../harness/node.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, offerOnThreeNodes, type Rows, shop, stuck } from './loop.ts';

interface Proffered {
  readonly state: string;
  readonly isMyTurn: boolean;
}

/** Asked, answered with other terms, and accepted: three moves between two nodes before any agreement. */
async function negotiate(hub: Hub, home: TestNode, vendor: TestNode): Promise<Proffered[]> {
  const offer = await offerOnThreeNodes(hub, home, vendor);
  await home.done('proffer-terms', { to: offer, ids: ['SD-BASE'] }, maya);
  await hub.idle();
  const asked = await vendor.done<Rows<{ id: string }>>('list-proffers', {}, shop);
  const instead = { id: asked.rows[0]?.id, answer: 'alternative', alternative: 'SD-BASE-DP' };
  await vendor.done('answer-terms', instead, shop);
  await hub.idle();
  const mine = await home.done<Rows<{ id: string }>>('list-proffers', {}, maya);
  await home.done('answer-terms', { id: mine.rows[0]?.id, answer: 'accept' }, maya);
  await hub.idle();
  for (const node of [home, vendor]) node.clock?.advance(90_000);
  await hub.idle();
  const ends: Proffered[] = [];
  for (const [node, by] of [
    [home, maya],
    [vendor, shop],
  ] as const)
    ends.push(...(await node.done<Rows<Proffered>>('list-proffers', {}, by)).rows);
  return ends;
}

/** Everything that lies on the disk of a node. */
function diskOf(node: TestNode): Buffer {
  const files = ['parley.sqlite', 'parley.sqlite-wal'].map((name) => join(node.data, name));
  return Buffer.concat(files.filter((file) => existsSync(file)).map((file) => readFileSync(file)));
}

/** With what stands in it in base64url as well. */
function plainOf(octets: Buffer): string {
  const text = octets.toString('latin1');
  const inside = text.match(/[A-Za-z0-9_-]{20,}/g) ?? [];
  return [text, ...inside.map((it) => Buffer.from(it, 'base64url').toString('latin1'))].join('\n');
}

/** A relay reaches nodes with a market only, so there the vendor lives on the market's. */
const WAYS = [
  { how: 'directly', at: 'shop.example', relaying: {} },
  { how: 'through a relay', at: 'market.example', relaying: { relay: 'relay.example' } },
] as const;

for (const { how, at, relaying } of WAYS) {
  test(`terms are negotiated with a storefront on another node, ${how}, and nothing of it names the node that asks`, async () => {
    const hub = openHub(`terms ${how}`);
    try {
      await hub.open('relay.example', 'sqlite', { carriesForOthers: true });
      const home = await hub.open('home.example', 'sqlite', relaying);
      const [shopNode, market] = [await hub.open('shop.example'), await hub.open('market.example')];
      const vendor = at === 'shop.example' ? shopNode : market;
      const ends = await negotiate(hub, home, vendor);
      assert.deepEqual(
        ends.map((it) => it.state),
        ['accepted', 'accepted'],
      );
      assert.deepEqual((await stuck(vendor, shop)).concat(await stuck(home, maya)), []);
      // Nothing is brought to that node: the answer waits at the vendor's own until it is fetched.
      assert.deepEqual(
        hub.seen.filter((it) => it.host === 'home.example'),
        [],
      );
      const heard = hub.seen.filter((it) => it.host === at);
      const isMet = heard.some((it) => it.from === 'home.example' && it.request.method === 'POST');
      assert.equal(isMet, at === 'shop.example');
      const octets = heard.map(({ request }) =>
        Buffer.concat([Buffer.from(JSON.stringify(request.headers)), request.body]),
      );
      const known = plainOf(Buffer.concat([diskOf(vendor), ...octets]));
      assert.ok(known.includes('market.example'), 'the comparison finds what is there');
      assert.ok(!known.includes('home.example'), 'the vendor learns the node that asks');
    } finally {
      await hub.close();
    }
  });
}
