import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { SECTIONS } from '../../src/archive/sections.ts';
import { homeOfHandle } from '../../src/parties/index.ts';
import type { TestNode } from '../harness/node.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, openRelationship, talk } from './loop.ts';
import { begin, invite, type Shown, speak, stateOn, takeIntoUse } from './moving.ts';

const DAY = 86_400_000;
let hub: Hub;
let home: TestNode;
let next: TestNode;
let vendor: TestNode;
let party = '';
let relationship = '';

before(async () => {
  hub = openHub('cancelled');
  home = await hub.open('home.example');
  vendor = await hub.open('shop.example');
  await hub.open('market.example');
  next = await hub.open('next.example');
  relationship = await openRelationship(hub, home, vendor);
  await talk(hub, home, vendor, relationship);
  party = (await home.deps.storage.read((view) => homeOfHandle(view, 'maya'))) ?? '';
});
after(() => hub.close());

/** Rows of the party on a node, in any archived table, and its handle there. */
async function rowsOn(node: TestNode): Promise<number> {
  return node.deps.storage.read(async ({ db }) => {
    let sum = 0;
    for (const { table } of SECTIONS) {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
        where home_id = ${party}`.execute(db);
      sum += rows[0]?.n ?? 0;
    }
    return sum + ((await homeOfHandle({ db }, 'maya')) === undefined ? 0 : 1);
  });
}

/** Begins a move and lets it come as far as `arrived`, with the hand-over and what follows it held up. */
async function untilArrived(): Promise<void> {
  hub.onWire(async (host, request) => {
    if (host !== 'next.example' || !request.url.includes('/parley/v1/moves/')) return 'arrives';
    const { rows } = await next.done<{ rows: { state: string }[] }>('list-move-invitations', {}, 'operator');
    return rows[0]?.state === 'arrived' ? 'lost' : 'arrives';
  });
  await begin(home, await invite(next));
  await hub.idle();
  assert.equal(await stateOn(next), 'arrived');
  assert.equal(await stateOn(home), 'sending');
}

/** Days pass while a node is closed: an open one would look around every half second of them. */
function leap(node: TestNode, ms: number): Promise<void> {
  return node.reopen(() => node.clock?.advance(ms));
}

async function afterwards(): Promise<void> {
  hub.onWire(undefined);
  for (let round = 0; round < 4; round++) {
    home.clock?.advance(60_000);
    await hub.idle();
  }
  assert.equal(await rowsOn(next), 0, 'nothing of the party is on the other node');
  assert.equal(await stateOn(home), 'cancelled');
  await speak(hub, home, vendor, relationship);
}

test('a move that is cancelled when all has arrived: she acts at once, and the copy goes', async () => {
  await untilArrived();
  assert((await rowsOn(next)) > 0);
  await home.done('cancel-move', {}, maya);
  await speak(hub, home, vendor, relationship);
  await afterwards();
});

test('a move whose new node cannot be reached can be cancelled', async () => {
  const code = await invite(next);
  hub.cut('next.example', true);
  await begin(home, code);
  await hub.idle();
  assert.equal(await stateOn(home), 'sending');
  const { move } = await home.done<Shown>('show-move', {}, maya);
  assert.equal(move?.problem, 'host-unknown');
  await home.done('cancel-move', {}, maya);
  hub.cut('next.example', false);
  await afterwards();
});

test('an invitation that the new node withdraws ends the move, and she acts where she was', async () => {
  await untilArrived();
  const { rows } = await next.done<{ rows: { id: string }[] }>('list-move-invitations', {}, 'operator');
  await next.done('withdraw-move-invitation', { id: rows[0]?.id }, 'operator');
  await next.idle();
  await afterwards();
});

test('a copy that expires before the hand-over comes is never taken into use: the right to act goes back', async () => {
  await untilArrived();
  let handOvers = 0;
  hub.onWire((_host, request) => {
    if (!request.url.endsWith('/hand-over')) return 'arrives';
    handOvers++;
    return 'lost';
  });
  home.clock?.advance(60_000);
  await hub.idle();
  assert.equal(await stateOn(home), 'handed-over');
  assert(handOvers > 0);
  await leap(next, 31 * DAY);
  await next.idle();
  assert.equal(await rowsOn(next), 0);
  assert.equal((await home.refused('cancel-move', {}, maya)).code, 'move-too-late');
  hub.onWire(undefined);
  // The other clock is a month ahead; it says so, and the old node signs in its time.
  home.clock?.advance(600_000);
  await hub.idle();
  assert.equal(await stateOn(home), 'cancelled');
  for (const node of [home, vendor]) await leap(node, 31 * DAY);
  await afterwards();
});

test('a wrong code, a used one, one of this very node and a wrong passphrase are told apart', async () => {
  const own = await invite(home);
  const passphrase = 'correct horse battery';
  const refused = async (input: object): Promise<string> =>
    (await home.refused('move-party', input, maya)).code;
  assert.equal(await refused({ code: own, passphrase }), 'code-own');
  assert.equal(await refused({ code: `${own.slice(0, -2)}xx`, passphrase }), 'code-malformed');
  assert.equal(await refused({ code: await invite(next), passphrase: 'another one' }), 'passphrase-wrong');
  const code = await invite(next);
  await leap(home, 8 * DAY);
  assert.equal(await refused({ code, passphrase }), 'code-expired');
  for (const node of [next, vendor]) await leap(node, 8 * DAY);
});

test('only the node that came first goes on with an invitation', async () => {
  const code = await invite(next);
  await vendor.party('thief');
  await begin(vendor, code, { as: 'thief' });
  await hub.idle();
  assert.equal(await stateOn(vendor, { as: 'thief' }), 'handed-over');
  await begin(home, code);
  await hub.idle();
  const { move } = await home.done<Shown>('show-move', {}, maya);
  assert.deepEqual([move?.state, move?.problem], ['sending', 'invitation-taken']);
  await home.done('cancel-move', {}, maya);
  await takeIntoUse(next, { as: 'thief' });
  await hub.idle();
  assert.equal(await rowsOn(next), 0);
});
