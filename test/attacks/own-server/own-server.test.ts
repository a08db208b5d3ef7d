import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attemptOwn } from './attempt.ts';
import { findPlanted } from './planted.ts';
import { OWN_ATTACKS } from './table.ts';
import { openWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

test('no attack of whoever has the database and the answers succeeds', { timeout: 300_000 }, async () => {
  assert.ok(OWN_ATTACKS.length >= 150);
  const names = new Set(OWN_ATTACKS.map((it) => it.name));
  assert.equal(names.size, OWN_ATTACKS.length, 'every attack has a name of its own');
  const attempted = await attemptOwn(world, OWN_ATTACKS);
  assert.deepEqual(
    attempted.filter((it) => it.achieved !== undefined).map((it) => `${it.attack.name}: ${it.achieved}`),
    [],
  );
});

test('a client with one check less is found out by the attacks', { timeout: 120_000 }, async () => {
  const missed = (await findPlanted(world)).filter((it) => it.missed.length > 0);
  assert.deepEqual(missed, []);
});
