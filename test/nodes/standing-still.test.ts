import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestNode } from '../harness/node.ts';
import { backUp, restore } from './backup.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';
import { speak } from './moving.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

interface Town {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly vendor: TestNode;
  readonly relationship: string;
}

interface Detail {
  readonly state: string;
  readonly standsStill?: { readonly since: number; readonly mayEnd: boolean };
  readonly forks: { readonly mine: number; readonly theirs: number };
  readonly timeline: readonly { readonly record: string }[];
}

async function inTown(seed: string, body: (town: Town) => Promise<void>): Promise<void> {
  const hub = openHub(`standing still, ${seed}`);
  try {
    const [home, vendor] = [await hub.open('home.example'), await hub.open('shop.example')];
    await hub.open('market.example');
    await body({ hub, home, vendor, relationship: await openRelationship(hub, home, vendor) });
  } finally {
    await hub.close();
  }
}

/** Time passes while both are closed: open ones would look around every half second of it. */
async function leap({ home, vendor }: Town, ms: number): Promise<void> {
  for (const node of [home, vendor]) await node.reopen(() => node.clock?.advance(ms));
}

async function wait({ hub, home, vendor }: Town, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    for (const node of [home, vendor]) node.clock?.advance(60_000);
    await hub.idle();
  }
}

const detail = (node: TestNode, by: { as: string }, relationship: string): Promise<Detail> =>
  node.done<Detail>('get-relationship', { relationship }, by);

async function grantStates(node: TestNode, by: { as: string }, relationship: string): Promise<string[]> {
  const { rows } = await node.done<Rows<{ state: string }>>('list-grants', { relationship }, by);
  return rows.map((it) => it.state);
}

test('a question that nobody answered before it was worth nothing any more is asked again', () =>
  inTown('months', async (town) => {
    const { hub, home, vendor, relationship } = town;
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    hub.cut('shop.example', true);
    await restore(home);
    await hub.idle();
    await leap(town, 61 * DAY);
    hub.cut('shop.example', false);
    await wait(town, 40);
    assert.equal((await detail(home, maya, relationship)).standsStill, undefined);
    await speak(hub, home, vendor, relationship);
  }));

test('so is one that was given up, and the one in its place is all that is seen of it', () =>
  inTown('given up', async (town) => {
    const { hub, home, vendor, relationship } = town;
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    hub.cut('shop.example', true);
    await restore(home);
    await hub.idle();
    for (let day = 0; day < 50; day++) {
      await home.reopen(() => home.clock?.advance(DAY));
      await home.idle();
    }
    await vendor.reopen(() => vendor.clock?.advance(50 * DAY));
    const given = (await stuck(home, maya)).filter((it) => JSON.stringify(it).includes('heads-wanted'));
    assert.equal(given.filter((it) => JSON.stringify(it).includes('dead')).length, 0);
    assert(given.length >= 2, 'one was given up, and another one asked');
    hub.cut('shop.example', false);
    await home.reopen(() => home.clock?.advance(DAY));
    await wait(town, 40);
    await speak(hub, home, vendor, relationship);
  }));

for (const hasForgotten of [true, false]) {
  const what = hasForgotten ? 'although it had forgotten words' : 'of which nothing was forgotten';
  test(`a relationship that gets no answer, ${what}, can be ended after an hour, and both hear of it`, () =>
    inTown(what, async (town) => {
      const { hub, home, vendor, relationship } = town;
      if (!hasForgotten) await talk(hub, home, vendor, relationship);
      await backUp(home);
      if (hasForgotten) await talk(hub, home, vendor, relationship);
      hub.cut('shop.example', true);
      await restore(home);
      await hub.idle();
      const { rows } = await home.done<Rows<{ id: string }>>('list-grants', { relationship }, maya);
      const grant = rows[0]?.id;
      const before = await detail(home, maya, relationship);
      assert.equal(before.standsStill?.mayEnd, false);
      for (const [operation, input] of [
        ['stop-sharing', { grant }],
        ['end-relationship', { relationship, why: '' }],
      ] as const)
        assert.equal((await home.refused(operation, input, maya)).code, 'relationship-reconciling');
      await leap(town, HOUR + 1_000);
      assert.equal((await detail(home, maya, relationship)).standsStill?.mayEnd, true);
      const words = { relationship, text: 'Too early.' };
      assert.equal((await home.refused('send-message', words, maya)).code, 'relationship-reconciling');
      await home.done('stop-sharing', { grant }, maya);
      await home.done('end-relationship', { relationship, why: 'Nobody answers.' }, maya);
      assert.deepEqual(await grantStates(home, maya, relationship), ['stopped']);
      await hub.idle();
      hub.cut('shop.example', false);
      await leap(town, HOUR);
      await wait(town, 20);
      const [mine, theirs] = [
        await detail(home, maya, relationship),
        await detail(vendor, shop, relationship),
      ];
      assert.deepEqual([mine.state, theirs.state], ['ended', 'ended']);
      assert.equal(mine.standsStill, undefined);
      const ids = ({ timeline }: Detail) => timeline.map((it) => it.record).sort();
      assert.deepEqual(ids(mine), ids(theirs));
      assert.equal(theirs.forks.theirs, 0, 'what was held was never seen in another place');
      assert.deepEqual(await grantStates(vendor, shop, relationship), ['stopped']);
    }));
}
