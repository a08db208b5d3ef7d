import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { SECTIONS } from '../../src/archive/sections.ts';
import { send } from '../../src/delivery/index.ts';
import { nodeSigningKey, rootKey } from '../../src/parties/identity.ts';
import { changeDocument } from '../../src/parties/identity-change.ts';
import { homeOfHandle, inceptionState, makeInboxPath, readIntroduction } from '../../src/parties/index.ts';
import { servedSecretOf } from '../../src/parties/keys.ts';
import { documentId, toWire } from '../../src/records/index.ts';
import { tables } from '../../src/storage/index.ts';
import type { TestNode } from '../harness/node.ts';
import { trumpet } from '../story/goods.ts';
import { type Hub, openHub } from './hub.ts';
import { agree, maya, openRelationship, type Rows, sell, shop, stuck, talk, want } from './loop.ts';
import { begin, invite, move, speak, stateOn, takeIntoUse } from './moving.ts';

const DAY = 86_400_000;

interface Detail {
  readonly keys: {
    readonly code: string;
    readonly theirs: {
      readonly changes: number;
      readonly host: string;
      readonly isConfirmed: boolean;
      readonly conflicts: number;
    };
  };
}

interface Town {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly vendor: TestNode;
  readonly next: TestNode;
}

async function inTown(seed: string, body: (town: Town) => Promise<void>): Promise<void> {
  const hub = openHub(seed);
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    await body({ hub, home, vendor, next: await hub.open('next.example') });
  } finally {
    await hub.close();
  }
}

async function homeOf(node: TestNode, handle: string): Promise<string> {
  const home = await node.deps.storage.read((view) => homeOfHandle(view, handle));
  assert(home);
  return home;
}

test('what comes to the old address is sent on, and answered by the key that its sender knows', () =>
  inTown('forwarding', async ({ hub, home, vendor, next }) => {
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    await begin(home, await invite(next));
    await hub.idle();
    // The shop cannot be told, but it can speak.
    hub.cut('shop.example', true);
    await takeIntoUse(next);
    await hub.idle();
    assert.equal(await stateOn(home), 'forwarding');
    await vendor.done('send-message', { relationship, text: 'To the old address.' }, shop);
    await vendor.idle();
    assert.deepEqual(await stuck(vendor, shop), []);
    const { rows } = await next.done<Rows<{ text: string }>>('list-messages', { relationship }, maya);
    assert(rows.some((it) => it.text === 'To the old address.'));
    const [onward, first] = [hub.seen.at(-2), hub.seen.at(-1)];
    assert.deepEqual([onward?.host, first?.host], ['next.example', 'home.example']);
    assert.deepEqual(first?.response.body, onward?.response.body);
    hub.cut('shop.example', false);
    next.clock?.advance(60_000);
    await hub.idle();
    await speak(hub, next, vendor, relationship);
    await compare(next, vendor, relationship);
    await forgotten(home);
  }));

/** Both see the same code, and the shop sees what changed; what one confirms is noted until the next change. */
async function compare(next: TestNode, vendor: TestNode, relationship: string): Promise<void> {
  const mine = await next.done<Detail>('get-relationship', { relationship }, maya);
  const theirs = await vendor.done<Detail>('get-relationship', { relationship }, shop);
  assert.match(mine.keys.code, /^(\d{5} ){5}\d{5}$/);
  assert.equal(mine.keys.code, theirs.keys.code);
  const { changes, host, isConfirmed, conflicts } = theirs.keys.theirs;
  assert.deepEqual([changes, host, isConfirmed, conflicts], [1, 'next.example', false, 0]);
  const wrong = { relationship, code: '00000 00000 00000 00000 00000 00000' };
  assert.equal((await vendor.refused('confirm-keys', wrong, shop)).code, 'code-differs');
  await vendor.done('confirm-keys', { relationship, code: theirs.keys.code }, shop);
  const after = await vendor.done<Detail>('get-relationship', { relationship }, shop);
  assert.equal(after.keys.theirs.isConfirmed, true);
}

/** After the time of forwarding the old node holds the row of the move and nothing else of her. */
async function forgotten(home: TestNode): Promise<void> {
  const party = await homeOf(home, 'maya');
  await home.reopen(() => home.clock?.advance(91 * DAY));
  await home.idle();
  await home.deps.storage.read(async ({ db }) => {
    for (const { table } of SECTIONS) {
      const found = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
        where home_id = ${party}`.execute(db);
      assert.equal(found.rows[0]?.n, 0, table);
    }
    const moves = await sql<{ state: string }>`select state from moves where home_id = ${party}`.execute(db);
    assert.deepEqual(
      moves.rows.map((row) => row.state),
      ['forgotten'],
    );
    assert.equal(await homeOfHandle({ db }, 'maya'), undefined);
  });
}

test('an old node that goes on signing is not believed by whoever has learned of the move', () =>
  inTown('lying', async ({ hub, home, vendor, next }) => {
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    await move(hub, home, next);
    await speak(hub, next, vendor, relationship);
    const party = await homeOf(home, 'maya');
    await home.deps.storage.transact(party, (tx) =>
      sql`update parties set paused_at = null where home_id = ${party}`.execute(tx.db),
    );
    await home.done('send-message', { relationship, text: 'I never moved.' }, maya);
    await lieAboutKeys(home, party);
    await hub.idle();
    const { rows } = await vendor.done<Rows<{ text: string }>>('list-messages', { relationship }, shop);
    assert(!rows.some((it) => it.text === 'I never moved.'));
    const { keys } = await vendor.done<Detail>('get-relationship', { relationship }, shop);
    assert.deepEqual([keys.theirs.host, keys.theirs.changes, keys.theirs.conflicts], ['next.example', 1, 1]);
    await speak(hub, next, vendor, relationship);
  }));

test('what somebody has compared is not compared any more when a recovery overrules it, of the same number', () =>
  inTown('overruled', async ({ hub, home, vendor, next }) => {
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    await lieAboutKeys(home, await homeOf(home, 'maya'));
    await hub.idle();
    const seen = async () => (await vendor.done<Detail>('get-relationship', { relationship }, shop)).keys;
    const { code } = await seen();
    await vendor.done('confirm-keys', { relationship, code }, shop);
    const compared = (await seen()).theirs;
    assert.deepEqual([compared.changes, compared.isConfirmed, compared.conflicts], [1, true, 0]);
    await move(hub, home, next, maya, true);
    const { code: after, theirs } = await seen();
    assert.notEqual(after, code);
    assert.deepEqual([theirs.changes, theirs.isConfirmed, theirs.conflicts], [1, false, 1]);
    await speak(hub, next, vendor, relationship);
  }));

/** The old root says that the address is still the old one: its number is taken, by a key that outranks it. */
async function lieAboutKeys({ deps }: TestNode, home: string): Promise<void> {
  await deps.storage.transact(home, async (tx) => {
    const row = await tables<{
      identities: { home_id: string; id: string; position: number; purpose: string; document: string };
    }>(tx)
      .selectFrom('identities')
      .selectAll()
      .where('home_id', '=', home)
      .where('purpose', '=', 'relationship')
      .executeTakeFirstOrThrow();
    const other = await tables<{ counterparts: { home_id: string; host: string; inbox: string } }>(tx)
      .selectFrom('counterparts')
      .selectAll()
      .where('home_id', '=', home)
      .executeTakeFirstOrThrow();
    const served = await servedSecretOf(tx, deps.nodeKey, home);
    const inception = readIntroduction(JSON.parse(row.document));
    assert(inception);
    const change = changeDocument(
      inceptionState(inception),
      {
        root: inception.root,
        recovery: inception.recovery,
        nodeKey: nodeSigningKey(served, row.position).publicKey,
        address: { host: deps.host, inbox: makeInboxPath(deps.nodeKey, home, deps.random) },
      },
      rootKey(served, row.position),
    );
    const { payload, signatures } = toWire(change);
    await send(tx, deps, {
      to: { host: other.host, inbox: other.inbox },
      as: { name: documentId(change), signer: `identity/${row.id}` },
      type: 'identity-changed',
      body: { change: { payload, signatures: signatures.map((it) => ({ ...it })) } },
    });
  });
}

test('a vendor that has moved keeps its promises: an offer from before is signed with the key that made it', () =>
  inTown('vendor-moves', async ({ hub, home, vendor, next }) => {
    await sell(hub, vendor);
    const offer = await want(hub, home);
    await move(hub, vendor, next, shop);
    const relationship = await agree(hub, home, offer);
    await talk(hub, home, next, relationship);
    const listing = trumpet(next.deps.clock.now(), { title: 'Another trumpet' });
    await next.done('publish-listing', listing, shop);
    await hub.idle();
    assert.deepEqual(await stuck(next, shop), []);
    assert.deepEqual(await stuck(home, maya), []);
    const { rows } = await next.done<Rows<{ title: string; problem?: string }>>('list-listings', {}, shop);
    assert.deepEqual(
      rows.map((it) => it.problem),
      [undefined, undefined],
    );
  }));
