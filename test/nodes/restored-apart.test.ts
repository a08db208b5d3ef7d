import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestNode } from '../harness/node.ts';
import { backUp, restore } from './backup.ts';
import { type Hub, openHub } from './hub.ts';
import { agree, maya, offerOnThreeNodes, openRelationship, shop, stuck, talk } from './loop.ts';
import { move, speak } from './moving.ts';

type Town = Readonly<Record<'home' | 'vendor' | 'next' | 'third', TestNode>> & { readonly hub: Hub };

async function inTown(seed: string, body: (town: Town) => Promise<void>): Promise<void> {
  const hub = openHub(`apart, ${seed}`);
  try {
    const [home, vendor] = [await hub.open('home.example'), await hub.open('shop.example')];
    await hub.open('market.example');
    const [next, third] = [await hub.open('next.example'), await hub.open('third.example')];
    await body({ hub, home, vendor, next, third });
  } finally {
    await hub.close();
  }
}

async function wait(hub: Hub, nodes: readonly TestNode[], minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    for (const node of nodes) node.clock?.advance(60_000);
    await hub.idle();
  }
}

test('who comes back from before the other side’s move learns its new keys, and goes on', () =>
  inTown('their move', async ({ hub, home, vendor, third }) => {
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    await backUp(home);
    await move(hub, vendor, third, shop, true);
    await wait(hub, [home, vendor, third], 1);
    await speak(hub, home, third, relationship);
    await restore(home);
    await wait(hub, [home, vendor, third], 20);
    await speak(hub, home, third, relationship);
    assert.deepEqual(await stuck(home, maya), []);
    assert.deepEqual(await stuck(third, shop), []);
  }));

test('the same after a move of her own before that', () =>
  inTown('both moved', async ({ hub, home, vendor, next, third }) => {
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    await move(hub, home, next, maya, true);
    await wait(hub, [home, vendor, next, third], 1);
    await backUp(next);
    await move(hub, vendor, third, shop, true);
    await wait(hub, [home, vendor, next, third], 1);
    await speak(hub, next, third, relationship);
    await restore(next);
    await wait(hub, [home, vendor, next, third], 20);
    await speak(hub, next, third, relationship);
  }));

test('two nodes that come back to different sides of a founding both have it again', () =>
  inTown('a founding', async ({ hub, home, vendor }) => {
    const offer = await offerOnThreeNodes(hub, home, vendor);
    await backUp(vendor);
    const relationship = await agree(hub, home, offer);
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    await restore(vendor);
    await restore(home);
    await wait(hub, [home, vendor], 20);
    await speak(hub, home, vendor, relationship);
    assert.deepEqual(await stuck(home, maya), []);
    assert.deepEqual(await stuck(vendor, shop), []);
  }));
