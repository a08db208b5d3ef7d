import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BACKUP_PASSPHRASE, backUpQuickly } from '../../src/backup/testing.ts';
import { must } from '../../src/kernel/result.ts';
import { restoreNode } from '../../src/node/index.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { type Hub, openHub } from './hub.ts';
import { agree, maya, offerOnThreeNodes, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-grants-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const EMAIL = 'maya@example.org';
const PHONE = '+32 470 12 34 56';
let count = 0;

interface Town {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly vendor: TestNode;
}

async function inTown(seed: string, tell: (town: Town) => Promise<void>): Promise<void> {
  const hub = openHub(seed);
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    await tell({ hub, home, vendor });
  } finally {
    await hub.close();
  }
}

const backUp = (node: TestNode): Promise<string> => backUpQuickly(node.deps, join(folder, `${++count}.age`));

/** Restores a backup into another folder and lets the node go on from what is there. */
async function restore(node: TestNode, file: string): Promise<void> {
  const made = join(folder, `data-${++count}`);
  must(await restoreNode({ file, opener: { passphrase: BACKUP_PASSPHRASE }, data: made }));
  await node.reopen((data) => {
    for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true });
    cpSync(made, data, { recursive: true });
  });
}

/** What was tried before is tried again, and later the node that stood still goes on. */
async function wait({ hub, home, vendor }: Town, ms: number): Promise<void> {
  for (const node of [home, vendor]) node.clock?.advance(ms);
  await hub.idle();
}

/** Five minutes, and what waited after them. */
async function settled(town: Town): Promise<void> {
  for (let minute = 0; minute < 8; minute++) await wait(town, 61_000);
}

async function stopAll({ hub, home }: Town, relationship: string): Promise<void> {
  for (const { id, state } of await grantsSeen(home, relationship, maya))
    if (state === 'active') await home.done('stop-sharing', { grant: id }, maya);
  await hub.idle();
}

/** How many requests to the vendor, of those after so many, give something of this kind, locked within what was signed. */
function timesTold({ hub }: Town, property: string, since = 0): number {
  const isIn = (text: string): boolean =>
    (text.match(/[A-Za-z0-9_-]{24,}/g) ?? []).some((it) => {
      const inner = Buffer.from(it, 'base64url').toString('utf8');
      return inner.includes(`"property":"${property}"`) && inner.includes('"enc":');
    });
  const requests = hub.seen.slice(since).filter((it) => it.host === 'shop.example');
  return requests.filter((it) => isIn(Buffer.from(it.request.body).toString('utf8'))).length;
}

async function share(home: TestNode, relationship: string, value: string): Promise<void> {
  const { id: item } = await home.done<{ id: string }>(
    'put-item',
    { property: 'schema:telephone', value },
    maya,
  );
  await home.done('share-items', { relationship, items: [{ item, purpose: 'to call' }] }, maya);
}

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
