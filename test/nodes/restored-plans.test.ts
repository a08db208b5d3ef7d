import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { ok } from '../../src/kernel/result.ts';
import { homeOfHandle } from '../../src/parties/index.ts';
import type { Tx } from '../../src/storage/index.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { backUp, EMAIL, inTown, PHONE, restore, settled, share, stopAll, type Town } from './grant-town.ts';
import { maya, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';

/** Keys that the vendor has announced, as an older one never does; answers how they come back. */
async function withoutKeys({ home }: Town): Promise<() => Promise<void>> {
  const { storage } = home.deps;
  const maya = await storage.read((view) => homeOfHandle(view, 'maya'));
  assert(maya !== undefined);
  type Key = { rel: string; place: number; public_key: string; reads: number | null };
  const { rows } = await storage.read(({ db }) =>
    sql<Key>`select rel, place, public_key, reads from sealing_keys where home_id = ${maya}`.execute(db),
  );
  const write = (run: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
    home.deps.storage.transact(maya, async (tx) => ok(await run(tx)));
  await write(({ db }) => sql`delete from sealing_keys where home_id = ${maya}`.execute(db));
  return async () => {
    for (const { rel, place, public_key: key, reads } of rows)
      await write(({ db }) =>
        sql`insert into sealing_keys (home_id, rel, place, public_key, reads)
          values (${maya}, ${rel}, ${place}, ${key}, ${reads})`.execute(db),
      );
  };
}

test('what was given, or only waited, when a backup was made is shown as it is since: changed, given, or withdrawn', () =>
  inTown('changed since', async (town) => {
    const { hub, home, vendor } = town;
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    const bringBack = await withoutKeys(town);
    const { item: given } = await share(home, relationship, '+32 470 00 00 11', { follows: true });
    await share(home, relationship, PHONE);
    const file = await backUp(home);
    for (const { id, state, value } of await grantsSeen(home, relationship, maya))
      if (state === 'planned' && value === PHONE) await home.done('stop-sharing', { grant: id }, maya);
    await bringBack();
    home.clock?.advance(601_000);
    await hub.idle();
    const { item: anew } = await share(home, relationship, '+32 470 00 00 21', { follows: true });
    await hub.idle();
    for (const [id, value] of [
      [given, '+32 470 00 00 12'],
      [anew, '+32 470 00 00 22'],
    ])
      await home.done('put-item', { id, property: 'schema:telephone', value }, maya);
    await hub.idle();
    const there = async (node: TestNode, by: { as: string }): Promise<unknown[]> =>
      (await grantsSeen(node, relationship, by))
        .filter((it) => it.state === 'active')
        .map((it) => it.value)
        .sort();
    const shared = ['+32 470 00 00 12', '+32 470 00 00 22', EMAIL];
    assert.deepEqual(await there(vendor, shop), shared);
    await restore(home, file);
    await settled(town);
    await bringBack();
    home.clock?.advance(601_000);
    await hub.idle();
    assert.deepEqual(await there(home, maya), shared);
    assert.deepEqual(await there(vendor, shop), shared, 'what was withdrawn stays here');
    type Row = { id: string; property: string; state: string; follows: boolean };
    const { rows } = await home.done<Rows<Row>>('show-sharing', {}, maya);
    // Of which item the second was, no record says: what that says next does not go out.
    assert.deepEqual(
      rows
        .filter((it) => it.property === 'schema:telephone')
        .map((it) => [it.state, it.follows])
        .sort(),
      [
        ['active', false],
        ['active', true],
        ['stopped', false],
      ],
    );
    await stopAll(town, relationship);
    assert.deepEqual(await there(vendor, shop), []);
    assert.deepEqual(await stuck(home, maya), []);
  }));
