import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { TestNode } from '../harness/node.ts';
import { inTown, PHONE, settled, share, timesTold } from './grant-town.ts';
import { maya, openRelationship, shop } from './loop.ts';

const DAY = 24 * 3_600_000;

test('what had not left when the other side ended it is never told, and both hold the same records all the same', () =>
  inTown('unsent at an end', async (town) => {
    const { hub, home, vendor } = town;
    const relationship = await openRelationship(hub, home, vendor);
    await hub.idle();
    hub.cut('shop.example', true);
    await share(home, relationship, PHONE);
    await hub.idle();
    await vendor.done('end-relationship', { relationship }, shop);
    await hub.idle();
    hub.cut('shop.example', false);
    await settled(town);
    // What was given with the agreement is erased with it.
    await sameAtBoth(home, vendor, relationship, 2);
    assert.equal(timesTold(town, 'schema:telephone'), 0);
  }));

test('what had not left when its date passed is never told, and both hold the same records all the same', () =>
  inTown('unsent at its date', async (town) => {
    const { hub, home, vendor } = town;
    const relationship = await openRelationship(hub, home, vendor);
    await hub.idle();
    hub.cut('shop.example', true);
    const until = (home.clock?.now() ?? 0) + DAY;
    await share(home, relationship, PHONE, { until });
    await hub.idle();
    for (const node of [home, vendor]) node.clock?.advance(2 * DAY);
    await hub.idle();
    hub.cut('shop.example', false);
    await settled(town);
    await sameAtBoth(home, vendor, relationship, 1);
    assert.equal(timesTold(town, 'schema:telephone'), 0);
    await home.done('send-message', { relationship, text: 'It goes on.' }, maya);
    await hub.idle();
    await sameAtBoth(home, vendor, relationship, 1);
  }));

/** Both have the same records in each author's order, and so many of a grant without its body. */
async function sameAtBoth(home: TestNode, vendor: TestNode, rel: string, bare: number): Promise<void> {
  const [here, there] = [await recordsIn(home, rel), await recordsIn(vendor, rel)];
  assert.deepEqual(
    here.map((it) => it.id),
    there.map((it) => it.id),
  );
  for (const rows of [here, there]) {
    const erased = rows.filter((it) => it.type === 'grant' && it.body === null);
    assert.equal(erased.length, bare);
  }
}

async function recordsIn({ deps }: TestNode, rel: string) {
  const { rows } = await deps.storage.read(({ db }) =>
    sql<{ id: string; type: string; body: Uint8Array | null }>`
      select id, type, body from records where rel = ${rel} order by author, seq`.execute(db),
  );
  return rows;
}
