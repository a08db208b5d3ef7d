import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantsSeen } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { backUp, restore } from './backup.ts';
import { type Hub, openHub } from './hub.ts';
import { agree, maya, offerOnThreeNodes, type Rows, shop, stuck, talk } from './loop.ts';

interface Town {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly vendor: TestNode;
}

async function inTown(seed: string, body: (town: Town) => Promise<void>): Promise<void> {
  const hub = openHub(seed);
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    await body({ hub, home, vendor });
  } finally {
    await hub.close();
  }
}

interface Detail {
  readonly state: string;
  readonly timeline: readonly { readonly record: string }[];
}

/** Somebody who remembers says a word to somebody who does not; afterwards both have the same and can speak. */
async function comeTogether(
  { hub, home, vendor }: Town,
  relationship: string,
  whoRemembers: 'home' | 'vendor',
): Promise<void> {
  const sides = [
    [home, maya],
    [vendor, shop],
  ] as const;
  const [[one, byOne], [other, byOther]] = whoRemembers === 'home' ? sides : [sides[1], sides[0]];
  await one.done('send-message', { relationship, text: 'Are you still there?' }, byOne);
  await wait(hub, [home, vendor]);
  await other.done('send-message', { relationship, text: 'I am again.' }, byOther);
  await wait(hub, [home, vendor]);
  const books: string[][] = [];
  for (const [node, by] of sides) {
    const { rows } = await node.done<Rows<{ text: string }>>('list-messages', { relationship }, by);
    for (const text of ['Are you still there?', 'I am again.']) assert(rows.some((it) => it.text === text));
    const { state, timeline } = await node.done<Detail>('get-relationship', { relationship }, by);
    assert.equal(state, 'active');
    books.push(timeline.map((it) => it.record).sort());
    assert.deepEqual(await stuck(node, by), []);
  }
  assert.deepEqual(books[0], books[1]);
}

async function wait(hub: Hub, nodes: readonly TestNode[]): Promise<void> {
  for (let minute = 0; minute < 8; minute++) {
    for (const node of nodes) node.clock?.advance(60_000);
    await hub.idle();
  }
}

test('a buyer whose backup is older than an agreement gets it again, with all that was said and given', () =>
  inTown('buyer forgot', async (town) => {
    const { hub, home, vendor } = town;
    const offer = await offerOnThreeNodes(hub, home, vendor);
    await backUp(home);
    const relationship = await agree(hub, home, offer);
    await talk(hub, home, vendor, relationship);
    await restore(home);
    await hub.idle();
    assert.equal(
      (await home.refused('get-relationship', { relationship }, maya)).code,
      'relationship-unknown',
    );
    await comeTogether(town, relationship, 'vendor');
    assert.equal((await home.refused('accept-offer', { offer, disclose: [] }, maya)).code, 'offer-taken');
    const { rows: wants } = await home.done<Rows<{ state: string }>>('list-intents', {}, maya);
    assert.deepEqual(
      wants.map((it) => it.state),
      ['agreed'],
    );
    const { signatures } = await home.done<{ signatures: object }>('get-agreement', { relationship }, maya);
    assert.deepEqual(signatures, { buyer: true, seller: true });
    const given = await home.done<Rows<{ property: string }>>('list-grants', { relationship }, maya);
    assert.deepEqual(
      given.rows.map((it) => it.property),
      ['schema:email'],
    );
  }));

test('a buyer whose backup still waits for the seller hears its answer again', () =>
  inTown('buyer waits', async (town) => {
    const { hub, home, vendor } = town;
    const offer = await offerOnThreeNodes(hub, home, vendor);
    hub.cut('shop.example', true);
    const relationship = await agree(hub, home, offer);
    await backUp(home);
    hub.cut('shop.example', false);
    await wait(hub, [home, vendor]);
    await talk(hub, home, vendor, relationship);
    await restore(home);
    await wait(hub, [home, vendor]);
    const before = await home.done<Detail>('get-relationship', { relationship }, maya);
    assert.equal(before.state, 'asked');
    await comeTogether(town, relationship, 'vendor');
  }));

test('a seller whose backup is older than an agreement gets it again', () =>
  inTown('seller forgot', async (town) => {
    const { hub, home, vendor } = town;
    const offer = await offerOnThreeNodes(hub, home, vendor);
    await backUp(vendor);
    const relationship = await agree(hub, home, offer);
    await talk(hub, home, vendor, relationship);
    await restore(vendor);
    await hub.idle();
    await comeTogether(town, relationship, 'home');
    const given = await grantsSeen(vendor, relationship, shop);
    assert.deepEqual(
      given.map((it) => it.value),
      ['maya@example.org'],
    );
  }));

test('two who met by an invitation: whoever forgot gets the acquaintance again', async () => {
  for (const forgot of ['home', 'vendor'] as const) {
    await inTown(`acquaintance of ${forgot}`, async (town) => {
      const { hub, home, vendor } = town;
      await home.party('maya');
      await vendor.party('fanfare');
      const node = forgot === 'home' ? home : vendor;
      const by = forgot === 'home' ? maya : shop;
      await backUp(node);
      const { code } = await home.done<{ code: string }>('invite-person', { note: '', name: 'Maya' }, maya);
      const accepted = { code, name: 'Tom' };
      const { relationship } = await vendor.done<{ relationship: string }>(
        'accept-invitation',
        accepted,
        shop,
      );
      await hub.idle();
      await home.done('answer-acceptance', { relationship, answer: 'sign' }, maya);
      await hub.idle();
      await restore(node);
      await hub.idle();
      assert.equal(
        (await node.refused('get-relationship', { relationship }, by)).code,
        'relationship-unknown',
      );
      await comeTogether(town, relationship, forgot === 'home' ? 'vendor' : 'home');
    });
  }
});

test('what a restored node opens next takes no key of what it has forgotten', () =>
  inTown('no key twice', async ({ hub, home, vendor }) => {
    await home.party('maya');
    await vendor.party('fanfare');
    await backUp(home);
    const keyOf = async (): Promise<string> => {
      const { code } = await home.done<{ code: string }>('invite-person', { note: '', name: 'Maya' }, maya);
      const invitation = Buffer.from(code.split('.')[1] ?? '', 'base64url').toString();
      const { identity } = JSON.parse(invitation);
      return JSON.parse(Buffer.from(identity.payload, 'base64url').toString()).nodeKey;
    };
    const before = await keyOf();
    await restore(home);
    await hub.idle();
    assert.notEqual(await keyOf(), before);
  }));
