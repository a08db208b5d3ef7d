import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getPartyRow, homeOfHandle } from '../../src/parties/index.ts';
import type { TestNode } from '../harness/node.ts';
import { type Fate, type Hub, openHub } from './hub.ts';
import { openRelationship, talk } from './loop.ts';
import { begin, invite, speak, stateOn, takeIntoUse } from './moving.ts';

/** One relationship; its person moves to and fro between two nodes, and each move is interrupted elsewhere. */
let hub: Hub;
let vendor: TestNode;
let party = '';
let relationship = '';
let here: TestNode;
let there: TestNode;

before(async () => {
  hub = openHub('interrupted');
  here = await hub.open('home.example');
  vendor = await hub.open('shop.example');
  await hub.open('market.example');
  there = await hub.open('next.example');
  relationship = await openRelationship(hub, here, vendor);
  await talk(hub, here, vendor, relationship);
  party = (await here.deps.storage.read((view) => homeOfHandle(view, 'maya'))) ?? '';
});
after(() => hub.close());

async function isActing(node: TestNode): Promise<boolean> {
  return (await node.deps.storage.read((view) => getPartyRow(view, party)))?.paused_at === null;
}

async function assertOneAtMost(): Promise<void> {
  const both = (await isActing(here)) && (await isActing(there));
  assert(!both, 'never do both nodes act');
}

const isAboutMove = (url: string): boolean => url.includes('/parley/v1/moves/');

/** Time goes on until it stands like this somewhere. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 40; round++) {
    await hub.idle();
    await assertOneAtMost();
    if (await holds()) return;
    for (const node of [here, there, vendor]) node.clock?.advance(30_000);
  }
  assert.fail(`it never came to ${what}; there: ${await stateOn(there)}, here: ${await stateOn(here)}`);
}

/** The whole move with one thing that goes wrong at its n-th message; answers how many messages there were. */
async function moveWith(at: number, wrong: Wrong): Promise<number> {
  let count = 0;
  let left = false;
  hub.onWire(async (_host, request): Promise<Fate> => {
    await assertOneAtMost();
    if (!isAboutMove(request.url)) return 'arrives';
    // Whoever is about to fall has said and heard nothing since.
    if (left) return 'lost';
    if (++count !== at) return 'arrives';
    if (wrong === 'lost' || wrong === 'answer-lost') return wrong;
    left = true;
    return 'answer-lost';
  });
  await begin(here, await invite(there));
  const restart = async (): Promise<void> => {
    if (!left) return;
    left = false;
    await (wrong === 'old-restarts' ? here : there).reopen();
  };
  await hub.idle();
  await restart();
  await until('handed over', async () => (await stateOn(there)) === 'handed-over');
  assert.equal(await isActing(here), false);
  await takeIntoUse(there);
  await hub.idle();
  await restart();
  await until('in use', async () => (await stateOn(here)) === 'forwarding');
  hub.onWire(undefined);
  assert.deepEqual([await isActing(here), await isActing(there)], [false, true]);
  [here, there] = [there, here];
  await until('told', async () => (await stateOn(here)) === 'in-use');
  await speak(hub, here, vendor, relationship);
  return count;
}

type Wrong = 'lost' | 'answer-lost' | 'old-restarts' | 'new-restarts';
const MESSAGES = 6;

for (const wrong of ['lost', 'answer-lost', 'old-restarts', 'new-restarts'] as const) {
  test(`a move goes on by itself after any of its messages: ${wrong}`, async () => {
    for (let at = 1; at <= MESSAGES; at++) {
      const messages = await moveWith(at, wrong);
      assert(messages >= at, `there was a message ${at} to interrupt`);
    }
  });
}
