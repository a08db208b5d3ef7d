import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantsSeen } from '../harness/grants-seen.ts';
import {
  backUp,
  EMAIL,
  inTown,
  PHONE,
  restore,
  settled,
  share,
  stopAll,
  timesTold,
  wait,
} from './grant-town.ts';
import { agree, maya, offerOnThreeNodes, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';

test('what was stopped after the backup is stopped again once the other side is heard, and nothing is given until then', () =>
  inTown('stopped since', async (town) => {
    const { hub, home, vendor } = town;
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    const file = await backUp(home);
    await stopAll(town, relationship);
    assert.equal((await grantsSeen(vendor, relationship, shop))[0]?.value, undefined);
    assert(timesTold(town, 'schema:email') > 0, 'it was told before');
    hub.cut('shop.example', true);
    await restore(home, file);
    const since = hub.seen.length;
    const before = await grantsSeen(home, relationship, maya);
    assert.deepEqual(
      before.map((it) => it.state),
      ['active'],
      'as old as the backup',
    );
    const items = [{ item: 'x', purpose: 'to call' }];
    for (const [operation, input] of [
      ['stop-sharing', { grant: before[0]?.id }],
      ['send-message', { relationship, text: 'Too early.' }],
    ] as const)
      assert.equal((await home.refused(operation, input, maya)).code, 'relationship-reconciling');
    assert(!(await home.call('share-items', { relationship, items }, maya)).ok);
    hub.cut('shop.example', false);
    await wait(town, 61_000);
    const [mine] = await grantsSeen(home, relationship, maya);
    assert.deepEqual([mine?.state, mine?.value], ['stopped', undefined]);
    await settled(town);
    assert.equal(timesTold(town, 'schema:email', since), 0);
    await home.done('send-message', { relationship, text: 'It goes on.' }, maya);
    await hub.idle();
    assert.deepEqual(await stuck(home, maya), []);
    assert.deepEqual(
      (await grantsSeen(vendor, relationship, shop)).map((it) => it.state),
      ['stopped'],
    );
  }));

test('what was given and stopped while the backup still had it waiting to be sent is not sent again', () =>
  inTown('waiting then', async (town) => {
    const { hub, home, vendor } = town;
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    hub.cut('shop.example', true);
    await share(home, relationship, PHONE);
    await home.done('send-message', { relationship, text: 'Call me.' }, maya);
    await hub.idle();
    const file = await backUp(home);
    hub.cut('shop.example', false);
    await wait(town, 61_000);
    assert.deepEqual(
      (await grantsSeen(vendor, relationship, shop)).filter((it) => it.value === PHONE).length,
      1,
    );
    await stopAll(town, relationship);
    await restore(home, file);
    const since = hub.seen.length;
    await wait(town, 1_000);
    const { rows } = await home.done<Rows<{ id: string; type: string }>>('list-deliveries', {}, maya);
    for (const { id, type } of rows)
      if (type === 'record') await home.call('retry-delivery', { delivery: id }, maya);
    await settled(town);
    assert.equal(
      timesTold(town, 'schema:telephone', since),
      0,
      'not even when somebody asks for another try',
    );
    for (const [node, by] of [
      [home, maya],
      [vendor, shop],
    ] as const) {
      const all = await grantsSeen(node, relationship, by);
      assert.deepEqual(
        all.map((it) => [it.state, it.value]),
        [
          ['stopped', undefined],
          ['stopped', undefined],
        ],
      );
    }
    await home.done('send-message', { relationship, text: 'It goes on.' }, maya);
    await hub.idle();
    const said = await vendor.done<Rows<{ text: string }>>('list-messages', { relationship }, shop);
    assert.deepEqual(
      said.rows
        .map((it) => it.text)
        .filter((it) => it === 'Call me.' || it === 'It goes on.')
        .sort(),
      ['Call me.', 'It goes on.'],
    );
    assert.deepEqual(await stuck(home, maya), [
      { type: 'record', state: 'dropped', problem: 'relationship-reconciling' },
    ]);
  }));

test('what had never been sent goes out once the other side is heard, each word once', () =>
  inTown('never sent', async (town) => {
    const { hub, home, vendor } = town;
    const relationship = await openRelationship(hub, home, vendor);
    hub.cut('shop.example', true);
    await share(home, relationship, PHONE);
    await home.done('send-message', { relationship, text: 'Call me.' }, maya);
    const file = await backUp(home);
    await restore(home, file);
    const since = hub.seen.length;
    hub.cut('shop.example', false);
    await wait(town, 61_000);
    assert.equal(timesTold(town, 'schema:telephone', since), 0, 'it is not known yet whether it was stopped');
    await settled(town);
    const values = (await grantsSeen(vendor, relationship, shop)).map((it) => it.value).sort();
    assert.deepEqual(values, [PHONE, EMAIL].sort());
    const { rows } = await vendor.done<Rows<{ text: string }>>('list-messages', { relationship }, shop);
    assert.equal(rows.filter((it) => it.text === 'Call me.').length, 1);
    assert.deepEqual(await stuck(home, maya), []);
  }));

test('a yes that is heard again brings nothing back that was given on it and stopped since', () =>
  inTown('heard again', async (town) => {
    const { hub, home, vendor } = town;
    const offer = await offerOnThreeNodes(hub, home, vendor);
    hub.cut('shop.example', true);
    const relationship = await agree(hub, home, offer);
    const file = await backUp(home);
    hub.cut('shop.example', false);
    const isYes = (body: Uint8Array): boolean => Buffer.from(body).includes('agreement-signed');
    hub.onWire((host, { body }) => (host === 'home.example' && isYes(body) ? 'answer-lost' : 'arrives'));
    await wait(town, 61_000);
    assert.equal((await grantsSeen(vendor, relationship, shop))[0]?.value, EMAIL);
    await stopAll(town, relationship);
    assert.equal((await grantsSeen(vendor, relationship, shop))[0]?.value, undefined);
    await restore(home, file);
    hub.onWire(undefined);
    const since = hub.seen.length;
    await settled(town);
    assert(hub.seen.slice(since).some((it) => it.host === 'home.example' && isYes(it.request.body)));
    await settled(town);
    home.clock?.advance(601_000);
    await hub.idle();
    assert.equal(timesTold(town, 'schema:email', since), 0);
    assert.deepEqual(
      (await grantsSeen(home, relationship, maya)).map((it) => it.state),
      ['stopped'],
    );
    await home.done('send-message', { relationship, text: 'It goes on.' }, maya);
  }));

test('a yes that is heard for the first time after a backup gives what was planned, a little later', () =>
  inTown('first yes', async (town) => {
    const { hub, home, vendor } = town;
    const offer = await offerOnThreeNodes(hub, home, vendor);
    hub.cut('shop.example', true);
    const relationship = await agree(hub, home, offer);
    await restore(home, await backUp(home));
    hub.cut('shop.example', false);
    await wait(town, 61_000);
    assert.equal(
      (await home.done<{ state: string }>('get-relationship', { relationship }, maya)).state,
      'active',
    );
    assert.deepEqual(await grantsSeen(vendor, relationship, shop), []);
    await settled(town);
    home.clock?.advance(601_000);
    await hub.idle();
    assert.deepEqual(
      (await grantsSeen(vendor, relationship, shop)).map((it) => it.value),
      [EMAIL],
    );
  }));

test('a vendor whose backup still has what was taken back erases it again', () =>
  inTown('vendor restored', async (town) => {
    const { hub, home, vendor } = town;
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    const file = await backUp(vendor);
    await stopAll(town, relationship);
    await restore(vendor, file);
    await wait(town, 61_000);
    const [theirs] = await grantsSeen(vendor, relationship, shop);
    assert.deepEqual([theirs?.state, theirs?.value], ['stopped', undefined]);
  }));
