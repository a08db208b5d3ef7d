import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantsSeen } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { backUp, inTown, PHONE, restore, settled, share, type Town, timesTold, wait } from './grant-town.ts';
import { agree, maya, offerOnThreeNodes, openRelationship, type Rows, shop } from './loop.ts';

interface Shown {
  readonly id: string;
  readonly property: string;
  readonly state: string;
  readonly stoppedBy?: string;
  readonly openings: { readonly count: number };
}

test('a receiver that comes back from a backup opens no more than is left, as its own receipts tell', () =>
  inTown('count restored', async (town) => {
    const { home, vendor } = town;
    const { relationship, grant } = await given(town, { times: 3 });
    await vendor.done('open-grant', { grant }, shop);
    await town.hub.idle();
    const file = await backUp(vendor);
    await vendor.done('open-grant', { grant }, shop);
    await town.hub.idle();
    await restore(vendor, file);
    assert.equal((await vendor.refused('open-grant', { grant }, shop)).code, 'relationship-reconciling');
    await settled(town);
    const { left } = await vendor.done<{ left: number }>('open-grant', { grant }, shop);
    assert.equal(left, 0);
    assert.equal((await vendor.refused('open-grant', { grant }, shop)).code, 'grant-spent');
    await settled(town);
    for (const [node, by] of [
      [home, maya],
      [vendor, shop],
    ] as const) {
      const seen = await shown(node, relationship, by);
      assert.deepEqual([seen?.openings.count, seen?.stoppedBy], [3, 'count']);
    }
    // An old copy that still has the value is told that it was opened for the last time since.
    await restore(vendor, file);
    await settled(town);
    assert.equal((await vendor.refused('open-grant', { grant }, shop)).code, 'grant-spent');
    const kept = (await grantsSeen(vendor, relationship, shop)).find((it) => it.id === grant);
    assert.equal(kept?.value, undefined);
  }));

test('receipts that are told before what makes the grant count in it, on both sides', () =>
  inTown('count unheard', async (town) => {
    const { home, vendor } = town;
    const relationship = await openRelationship(town.hub, home, vendor);
    await town.hub.idle();
    const files = { home: await backUp(home), vendor: await backUp(vendor) };
    const { grant, item } = await give(town, relationship, { times: 3, follows: true });
    await vendor.done('open-grant', { grant }, shop);
    await town.hub.idle();
    await home.done('put-item', { id: item, property: 'schema:telephone', value: '+32 9' }, maya);
    await town.hub.idle();
    for (const [node, by, file] of [
      [vendor, shop, files.vendor],
      [home, maya, files.home],
    ] as const) {
      await restore(node, file);
      await settled(town);
      const seen = await shown(node, relationship, by);
      assert.deepEqual([seen?.state, seen?.openings.count], ['active', 1]);
    }
    const { left } = await vendor.done<{ left: number }>('open-grant', { grant }, shop);
    assert.equal(left, 1);
  }));

test('what waited for their yes in a backup and was opened for the last time since is not given on it again', () =>
  inTown('count waited', async (town) => {
    const { hub, home, vendor } = town;
    const offer = await offerOnThreeNodes(hub, home, vendor);
    hub.cut('shop.example', true);
    const relationship = await agree(hub, home, offer, { times: 1 });
    const file = await backUp(home);
    hub.cut('shop.example', false);
    // Their yes comes here, and they never hear that it did: so it comes again.
    const isYes = (body: Uint8Array): boolean => Buffer.from(body).includes('agreement-signed');
    hub.onWire((host, { body }) => (host === 'home.example' && isYes(body) ? 'answer-lost' : 'arrives'));
    await wait(town, 61_000);
    const grant = (await shown(vendor, relationship, shop, 'schema:email'))?.id;
    await vendor.done('open-grant', { grant }, shop);
    await hub.idle();
    await restore(home, file);
    hub.onWire(undefined);
    const since = hub.seen.length;
    await settled(town);
    await settled(town);
    home.clock?.advance(601_000);
    await hub.idle();
    assert.equal(timesTold(town, 'schema:email', since), 0);
    const seen = await shown(home, relationship, maya, 'schema:email');
    assert.deepEqual([seen?.state, seen?.stoppedBy, seen?.openings.count], ['stopped', 'count', 1]);
    assert.equal((await vendor.refused('open-grant', { grant }, shop)).code, 'grant-spent');
  }));

async function given(town: Town, more: object): Promise<{ relationship: string; grant: string | undefined }> {
  const relationship = await openRelationship(town.hub, town.home, town.vendor);
  return { relationship, ...(await give(town, relationship, more)) };
}

async function give({ hub, home, vendor }: Town, relationship: string, more: object) {
  const { item } = await share(home, relationship, PHONE, more);
  await hub.idle();
  return { item, grant: (await shown(vendor, relationship, shop))?.id };
}

async function shown(
  node: TestNode,
  relationship: string,
  by: { readonly as: string },
  property = 'schema:telephone',
): Promise<Shown | undefined> {
  const { rows } = await node.done<Rows<Shown>>('list-grants', { relationship }, by);
  return rows.find((it) => it.property === property);
}
