import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../src/kernel/limits.ts';
import { PASSPHRASE, type TestNode } from '../harness/node.ts';
import { backUp, restore } from './backup.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';
import { move, speak, tellAll } from './moving.ts';

type Town = Readonly<Record<'home' | 'vendor' | 'next' | 'third', TestNode>> & { readonly hub: Hub };

async function inTown(
  seed: string,
  body: (town: Town, relationship: string) => Promise<void>,
): Promise<void> {
  const hub = openHub(seed);
  try {
    const [home, vendor] = [await hub.open('home.example'), await hub.open('shop.example')];
    await hub.open('market.example');
    const [next, third] = [await hub.open('next.example'), await hub.open('third.example')];
    await body({ hub, home, vendor, next, third }, await openRelationship(hub, home, vendor));
  } finally {
    await hub.close();
  }
}

test('who moves twice before anybody has been told is heard from where she is', () =>
  inTown('twice', async ({ hub, home, vendor, next, third }, relationship) => {
    await talk(hub, home, vendor, relationship);
    await move(hub, home, next);
    await move(hub, next, third);
    await tellAll(hub, third);
    await tellAll(hub, third);
    assert.deepEqual(await stuck(third, maya), []);
    await speak(hub, third, vendor, relationship);
  }));

test('who writes at once after two moves is heard, and both changes went first', () =>
  inTown('at once', async ({ hub, home, vendor, next, third }, relationship) => {
    await talk(hub, home, vendor, relationship);
    await move(hub, home, next);
    await move(hub, next, third);
    await third.done('send-message', { relationship, text: 'From the third.' }, maya);
    for (let minute = 0; minute < 5; minute++) {
      third.clock?.advance(60_000);
      await hub.idle();
    }
    const { rows } = await vendor.done<Rows<{ text: string }>>('list-messages', { relationship }, shop);
    assert(rows.some((it) => it.text === 'From the third.'));
  }));

test('a notice keeps its hour, whoever wants to hurry or drop it; what is left behind stays until all are told', () =>
  inTown('its hour', async ({ hub, home, vendor, next }, relationship) => {
    await talk(hub, home, vendor, relationship);
    await move(hub, home, next);
    const waiting = async () =>
      (await next.done<Rows<Notice>>('list-deliveries', { search: 'identity-changed' }, maya)).rows[0];
    const before = await waiting();
    assert(before?.state === 'saved' && (before.nextAt ?? 0) > next.deps.clock.now());
    await next.done('retry-delivery', { delivery: before.id }, maya);
    assert.equal((await waiting())?.nextAt, before.nextAt);
    assert.equal(
      (await next.refused('drop-delivery', { delivery: before.id }, maya)).code,
      'delivery-needed',
    );
    const remove = { passphrase: PASSPHRASE };
    assert.equal((await home.refused('remove-party', remove, maya)).code, 'party-moving');
    home.clock?.advance(LIMITS.toldOfMoveMs);
    await tellAll(hub, next);
    await home.done('remove-party', remove, maya);
    assert.equal((await waiting())?.state, 'acted');
  }));

interface Notice {
  readonly id: string;
  readonly state: string;
  readonly nextAt?: number;
}

test('who moves while a relationship stands still after a backup goes on within minutes, not hours', () =>
  inTown('standing still', async ({ hub, home, vendor, next }, relationship) => {
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    await restore(home);
    await hub.idle();
    await move(hub, home, next);
    for (let minute = 0; minute < 15; minute++) {
      next.clock?.advance(60_000);
      await hub.idle();
    }
    await speak(hub, next, vendor, relationship);
  }));
