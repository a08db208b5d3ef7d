import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homeOfHandle } from '../../src/parties/index.ts';
import { findRelationship } from '../../src/relationships/index.ts';
import { tellAfter } from '../../src/relationships/tell-records.ts';
import type { TestNode } from '../harness/node.ts';
import { backUp, restore, restoreUnnoticed } from './backup.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';

interface Town {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly vendor: TestNode;
  readonly relationship: string;
}

async function inTown(seed: string, body: (town: Town) => Promise<void>): Promise<void> {
  const hub = openHub(`branches, ${seed}`);
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    await body({ hub, home, vendor, relationship: await openRelationship(hub, home, vendor) });
  } finally {
    await hub.close();
  }
}

interface Detail {
  readonly state: string;
  readonly expectations: { readonly mine: string; readonly theirs: string };
  readonly timeline: readonly { readonly record: string }[];
}

/** Both have the same records and stand the same; what was told was not refused. Answers how it stands. */
async function agreeing({ home, vendor, relationship }: Town): Promise<string> {
  const sides: { state: string; records: string[] }[] = [];
  for (const [node, by] of [
    [home, maya],
    [vendor, shop],
  ] as const) {
    const { state, timeline } = await node.done<Detail>('get-relationship', { relationship }, by);
    sides.push({ state, records: timeline.map((it) => it.record).sort() });
    const told = (await stuck(node, by)).filter((it) => JSON.stringify(it).includes('records-told'));
    assert.deepEqual(told, []);
  }
  assert.deepEqual(sides[0], sides[1]);
  return sides[0]?.state ?? '';
}

async function wait({ hub, home, vendor }: Town, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    for (const node of [home, vendor]) node.clock?.advance(60_000);
    await hub.idle();
  }
}

/** Her node comes back from before the first words, nobody notices, and she does something that does not arrive at once. */
async function branch(town: Town, acts: () => Promise<void>): Promise<void> {
  const { hub, home, vendor, relationship } = town;
  await backUp(home);
  await talk(hub, home, vendor, relationship);
  await restoreUnnoticed(home);
  hub.cut('shop.example', true);
  await acts();
  hub.cut('shop.example', false);
  await wait(town, 8);
}

test('a pause and expectations in a branch that does not count are undone with it', () =>
  inTown('a pause', async (town) => {
    const { home, relationship } = town;
    await branch(town, async () => {
      await home.done('write-expectations', { relationship, text: 'In a branch.' }, maya);
      await home.done('pause-relationship', { relationship }, maya);
    });
    assert.equal(await agreeing(town), 'active');
    const detail = await home.done<Detail>('get-relationship', { relationship }, maya);
    assert.deepEqual(detail.expectations, { mine: '', theirs: '' });
    await home.done('send-message', { relationship, text: 'It goes on.' }, maya);
  }));

test('what was given, done and confirmed in a branch is undone with it, and can be done anew', () =>
  inTown('a gift', async (town) => {
    const { home, vendor, relationship } = town;
    const number = { property: 'schema:telephone', value: '+32 9 123 45 67' };
    const { id: item } = await home.done<{ id: string }>('put-item', number, maya);
    const commitment = await promiseOf(vendor, shop, relationship);
    const confirmed = { commitment, outcome: 'late' };
    await branch(town, async () => {
      await home.done('share-items', { relationship, items: [{ item, purpose: 'to call' }] }, maya);
      await home.done('confirm-commitment', confirmed, maya);
      await home.done('write-review', { relationship, text: 'Late, in a branch.' }, maya);
    });
    assert.equal(await agreeing(town), 'active');
    const { rows } = await home.done<Rows<{ property: string; state: string }>>(
      'list-grants',
      { relationship },
      maya,
    );
    assert.deepEqual(rows.map((it) => `${it.property} ${it.state}`).sort(), [
      'schema:email active',
      'schema:telephone stopped',
    ]);
    await home.done('confirm-commitment', confirmed, maya);
    await home.done('write-review', { relationship, text: 'Late.' }, maya);
    await wait(town, 1);
    assert.equal(await agreeing(town), 'active');
  }));

test('an end that was said in a branch is said again, so that it is over for both', () =>
  inTown('an end', async (town) => {
    const { home, vendor, relationship } = town;
    await branch(town, async () => {
      await home.done('end-relationship', { relationship, why: 'Enough.' }, maya);
    });
    assert.equal(await agreeing(town), 'ended');
    assert.deepEqual(await sharedWith(vendor, relationship), []);
    const { keeping } = await vendor.done<{ keeping: { fields: { property: string }[] } }>(
      'get-relationship',
      { relationship },
      shop,
    );
    assert.deepEqual(
      keeping.fields.map((it) => it.property),
      ['schema:email'],
    );
  }));

test('what was taken back in a branch is taken back again', () =>
  inTown('a stop', async (town) => {
    const { home, vendor, relationship } = town;
    const { rows } = await home.done<Rows<{ id: string }>>('list-grants', { relationship }, maya);
    await branch(town, async () => {
      await home.done('stop-sharing', { grant: rows[0]?.id }, maya);
    });
    assert.equal(await agreeing(town), 'active');
    assert.deepEqual(await sharedWith(vendor, relationship), []);
  }));

test('whoever has signed other words in the place of what it asks about hears of that, and of all', () =>
  inTown('a doubt', async (town) => {
    const { hub, home, vendor, relationship } = town;
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    await restoreUnnoticed(home);
    // Her words do not get through, but her question does.
    hub.onWire((host, { body }) => (host === 'shop.example' && isRecord(body) ? 'lost' : 'arrives'));
    for (const text of ['Anew.', 'And again.']) await home.done('send-message', { relationship, text }, maya);
    await vendor.done('send-message', { relationship, text: 'Did you hear me?' }, shop);
    await wait(town, 4);
    hub.onWire(undefined);
    assert.equal(await agreeing(town), 'active');
    await home.done('send-message', { relationship, text: 'Now I do.' }, maya);
    await wait(town, 1);
    assert.equal(await agreeing(town), 'active');
  }));

test('a fork is proved to its author however much was said in between', () =>
  inTown('sixty words', async (town) => {
    const { hub, home, vendor, relationship } = town;
    await backUp(home);
    const { rows } = await home.done<Rows<{ id: string }>>('list-grants', { relationship }, maya);
    const sixtyWords = async (): Promise<void> => {
      for (let i = 0; i < 60; i++)
        await vendor.done('send-message', { relationship, text: `Word ${i}.` }, shop);
      await hub.idle();
    };
    await sixtyWords();
    await home.done('send-message', { relationship, text: 'The first answer.' }, maya);
    await hub.idle();
    await sixtyWords();
    await restoreUnnoticed(home);
    await home.done('send-message', { relationship, text: 'In its place.' }, maya);
    await home.done('stop-sharing', { grant: rows[0]?.id }, maya);
    await wait(town, 8);
    assert.equal(await agreeing(town), 'active');
    assert.deepEqual(await sharedWith(vendor, relationship), []);
    await home.done('send-message', { relationship, text: 'After it.' }, maya);
    await wait(town, 1);
    assert.equal(await agreeing(town), 'active');
  }));

test('who speaks on without what it had taken is asked, and asks: a pause that was forgotten comes back', () =>
  inTown('a forgotten pause', async (town) => {
    const { hub, home, vendor, relationship } = town;
    await backUp(home);
    await hub.idle();
    await vendor.done('pause-relationship', { relationship }, shop);
    await hub.idle();
    await restoreUnnoticed(home);
    await hub.idle();
    await home.done('send-message', { relationship, text: 'Nobody told me of a pause.' }, maya);
    await wait(town, 3);
    assert.equal(await agreeing(town), 'paused');
  }));

test('who stands still takes an answer to an older question as far as it goes, and asks on', () =>
  inTown('an older question', async (town) => {
    const { hub, home, vendor, relationship } = town;
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    for (const text of ['One.', 'Two.']) await vendor.done('send-message', { relationship, text }, shop);
    await hub.idle();
    hub.cut('shop.example', true);
    await restore(home);
    const id = await vendor.deps.storage.read((view) => homeOfHandle(view, 'fanfare'));
    assert(id);
    await vendor.deps.storage.transact(id, async (tx) => {
      const row = await findRelationship(tx, id, relationship);
      assert(row);
      await tellAfter(tx, vendor.deps, row, { theirs: 3, mine: 2 });
    });
    await hub.idle();
    hub.cut('shop.example', false);
    await wait(town, 14);
    assert.equal(await agreeing(town), 'active');
    assert.deepEqual(await stuck(vendor, shop), []);
    await home.done('send-message', { relationship, text: 'I have it all.' }, maya);
  }));

test('a buyer that comes back says again how it went, and the market counts it once', () =>
  inTown('an outcome', async (town) => {
    const { hub, home, vendor, relationship } = town;
    const commitment = await promiseOf(vendor, shop, relationship);
    await backUp(home);
    await home.done('confirm-commitment', { commitment, outcome: 'kept' }, maya);
    await hub.idle();
    await restore(home);
    await wait(town, 8);
    assert.equal(await agreeing(town), 'active');
    assert.deepEqual(await stuck(home, maya), []);
    const outcomes = hub.seen.filter(
      ({ host, request }) => host === 'market.example' && Buffer.from(request.body).includes('"outcome"'),
    );
    assert(outcomes.length >= 2, 'it was said twice');
  }));

test('both nodes come back from a backup, at once or one after the other, and each hears what the other one kept', async () => {
  const ways = [
    ['both noticed at once', restore, restore, 0],
    ['hers noticed, then the shop’s', restore, restore, 8],
    ['hers unnoticed, the shop’s noticed', restoreUnnoticed, restore, 0],
    ['hers noticed, then the shop’s unnoticed', restore, restoreUnnoticed, 2],
  ] as const;
  for (const [name, restoreHers, restoreTheirs, between] of ways) {
    await inTown(name, async (town) => {
      const { hub, home, vendor, relationship } = town;
      await backUp(home);
      await talk(hub, home, vendor, relationship);
      await backUp(vendor);
      await home.done('send-message', { relationship, text: 'Lost at both.' }, maya);
      await hub.idle();
      await restoreHers(home);
      await wait(town, between);
      await restoreTheirs(vendor);
      if (restoreHers === restoreUnnoticed)
        await home.done('send-message', { relationship, text: 'In an old place.' }, maya);
      await wait(town, 14);
      for (const [node, by] of [
        [home, maya],
        [vendor, shop],
        [home, maya],
      ] as const)
        await node.done('send-message', { relationship, text: `On it goes, says ${by.as}.` }, by);
      await wait(town, 3);
      assert.equal(await agreeing(town), 'active');
      const { rows } = await home.done<Rows<{ text: string }>>('list-messages', { relationship }, maya);
      for (const words of ['Hello from maya.', 'Hello from fanfare.'])
        assert(rows.some(({ text }) => text === words));
    });
  }
});

function isRecord(body: Uint8Array): boolean {
  return Buffer.from(body).includes('"type":"record"');
}

async function promiseOf(node: TestNode, by: { as: string }, relationship: string): Promise<string> {
  const { rows } = await node.done<Rows<{ id: string; isMine: boolean }>>(
    'list-commitments',
    { relationship },
    by,
  );
  const promise = rows.find((it) => it.isMine);
  assert(promise, 'the seller promises something');
  return promise.id;
}

/** What the shop sees of her. */
async function sharedWith(vendor: TestNode, relationship: string): Promise<string[]> {
  const { rows } = await vendor.done<Rows<{ property: string; state: string }>>(
    'list-grants',
    { relationship },
    shop,
  );
  return rows.filter((it) => it.state === 'active').map((it) => it.property);
}
