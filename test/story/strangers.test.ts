import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { AGREEMENT_LIMITS } from '../../src/agreements/limits.ts';
import { type Envelope, receive } from '../../src/delivery/index.ts';
import { ownStorefront } from '../../src/desk/index.ts';
import { HANDLERS } from '../../src/handlers.ts';
import { fromUtf8, hashId, toBase64url } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { must } from '../../src/kernel/result.ts';
import { inceptionDocument, nodeSigningKey } from '../../src/parties/identity.ts';
import { ownIdentity } from '../../src/parties/index.ts';
import {
  documentId,
  headOf,
  recordToWire,
  signDocument,
  signRecord,
  toWire,
} from '../../src/records/index.ts';
import { findRelationship } from '../../src/relationships/index.ts';
import { RELATIONSHIP_LIMITS } from '../../src/relationships/limits.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY, trumpet, trumpetWanted } from './goods.ts';

const shop = { as: 'shop' };
const maya = { as: 'maya' };

interface Storefront {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Where it is written to. */
  readonly inbox: string;
}

async function openShop(node: TestNode, home: string): Promise<Storefront> {
  const { id } = await node.done<{ id: string }>('open-storefront', { name: 'Shop' }, shop);
  return node.deps.storage.transact(home, async (tx) => {
    const own = await ownStorefront(tx, node.deps, id);
    const identity = await ownIdentity(tx, node.deps, own?.row.identity ?? '');
    assert(own && identity);
    return { id, name: 'Shop', key: own.ref.key, inbox: identity.inbox };
  });
}

async function count(node: TestNode, home: string, table: string): Promise<number> {
  const { rows } = await node.deps.storage.read(({ db }) =>
    sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where home_id = ${home}`.execute(db),
  );
  return rows[0]?.n ?? 0;
}

async function hand(
  node: TestNode,
  home: string,
  way: { readonly from: string; readonly to: string },
  type: string,
  body: object,
): Promise<string> {
  const { random, clock } = node.deps;
  const now = clock.now();
  const plain = JSON.parse(JSON.stringify(body));
  const envelope: Envelope = {
    v: 1,
    id: newId(random),
    ...way,
    type,
    iat: now,
    exp: now + DAY,
    body: plain,
  };
  const receipt = fromUtf8(must(await receive(node.deps, HANDLERS, home, envelope, 'neighbour'))) ?? '';
  const { result, code } = JSON.parse(receipt);
  return code ?? result;
}

/** Somebody nobody knows accepts an offer that was never made. */
async function acceptNothing(node: TestNode, home: string, seller: Storefront): Promise<string> {
  const { random, clock } = node.deps;
  const served = random.bytes(32);
  const key = nodeSigningKey(served, 0);
  const identity = inceptionDocument(served, 0, hashId(random.bytes(32)), { host: 'here', inbox: 'nowhere' });
  const buyer = { identity: documentId(identity), key: toBase64url(key.publicKey) };
  const agreement = signDocument(
    {
      ...{ type: 'agreement', v: 1, rel: newId(random), offer: hashId(random.bytes(8)), alias: null, buyer },
      ...{ seller: { storefront: seller.id, key: seller.key, name: seller.name }, terms: 'SD-BASE' },
      ...{ title: 'x', quantity: 1, gives: [], expectations: 'x'.repeat(1_000), reviewDay: null },
      does: [{ side: 'seller', what: 'x', amount: { unit: 'goods', value: '1' }, due: null }],
      ...{ at: clock.now(), salt: toBase64url(random.bytes(16)) },
    },
    key,
  );
  const outcomeKey = toBase64url(nodeSigningKey(served, 1).publicKey);
  const body = { agreement: toWire(agreement), identity: toWire(identity), outcomeKey };
  return hand(node, home, { from: buyer.identity, to: seller.inbox }, 'accept', body);
}

/** Maya accepts a trumpet of the shop's, after whatever happens meanwhile; their relationship. */
async function sell(node: TestNode, meanwhile = async () => {}): Promise<string> {
  const now = node.deps.clock.now();
  await node.done('publish-listing', trumpet(now), shop);
  await node.idle();
  const fields = trumpetWanted(now);
  await node.done('preview-cast', { fields }, maya);
  await node.idle();
  const { choices } = await node.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields },
    maya,
  );
  const { id: intent } = await node.done<{ id: string }>(
    'cast-intent',
    { fields, choice: choices.at(-1)?.cell.id },
    maya,
  );
  await node.idle();
  const { rows } = await node.done<{ rows: { id: string }[] }>('list-offers', { intent }, maya);
  await meanwhile();
  const accepted = await node.done<{ relationship: string }>('accept-offer', { offer: rows[0]?.id }, maya);
  await node.idle();
  return accepted.relationship;
}

/** A message that the shop signs, with this number after its last one, handed to Maya. */
async function speakAsShop(
  node: TestNode,
  homes: { shop: string; maya: string },
  rel: string,
  after: number,
): Promise<string> {
  const { storage, random, clock } = node.deps;
  const me = await storage.transact(homes.shop, async (tx) => {
    const row = await findRelationship(tx, homes.shop, rel);
    return ownIdentity(tx, node.deps, row?.mine ?? '');
  });
  assert(me);
  const [prev, to] = await storage.transact(homes.maya, async (tx) => {
    const row = await findRelationship(tx, homes.maya, rel);
    const maya = await ownIdentity(tx, node.deps, row?.mine ?? '');
    return [await headOf(tx, rel, me.id), maya?.inbox ?? ''] as const;
  });
  const position = { author: me.id, rel, seq: (prev?.seq ?? 0) + after, prev: prev?.id ?? null, seen: null };
  const words = { words: 'again', signedAs: '' };
  const record = signRecord({ ...position, at: clock.now() }, 'message', 1, words, me.key, random);
  return hand(node, homes.maya, { from: me.id, to }, 'record', { rel, record: recordToWire(record) });
}

for (const engine of engines()) {
  test(`${engine}: strangers are refused as often as they like, and what is kept of it is bounded`, async () => {
    const node = await startTestNode({ engine, seed: `strangers-${engine}`, rehearse: false });
    try {
      const home = await node.party('shop');
      const seller = await openShop(node, home);
      const most = AGREEMENT_LIMITS.refusalsPerDay;
      for (let i = 0; i < most + 20; i++) {
        const end = await acceptNothing(node, home, seller);
        assert.equal(end, i < most ? 'acted' : 'offer-unknown', `the ${i + 1}th`);
      }
      const kept = async () => [
        await count(node, home, 'relationships'),
        await count(node, home, 'documents'),
        await count(node, home, 'counterparts'),
        await count(node, home, 'outbox'),
      ];
      const [relationships = 0, , counterparts] = await kept();
      assert.deepEqual([relationships, counterparts], [most, most]);
      const before = await kept();
      await acceptNothing(node, home, seller);
      assert.deepEqual(await kept(), before);
      node.clock?.advance(DAY + 1);
      assert.equal(
        await acceptNothing(node, home, seller),
        'acted',
        'a day later they are answered in writing',
      );
    } finally {
      await node.close();
    }
  });

  test(`${engine}: an honest buyer gets a clear no when a seller's refusals of the day are used up`, async () => {
    const node = await startTestNode({ engine, seed: `honest-${engine}`, rehearse: false });
    try {
      const home = await node.party('shop');
      await node.party('maya');
      const seller = await openShop(node, home);
      for (let i = 0; i < AGREEMENT_LIMITS.refusalsPerDay; i++) await acceptNothing(node, home, seller);
      // Taken back before Maya hears of it.
      const withdraw = async () => {
        await node.deps.storage.transact(home, (tx) =>
          sql`update desk_offers set state = 'withdrawn' where home_id = ${home}`.execute(tx.db),
        );
      };
      const relationship = await sell(node, withdraw);
      const mine = await node.done<{ state: string; refusal: string }>(
        'get-relationship',
        { relationship },
        maya,
      );
      assert.deepEqual([mine.state, mine.refusal], ['refused', 'offer-withdrawn']);
    } finally {
      await node.close();
    }
  });

  test(`${engine}: a few forks are proof enough, and nobody goes on writing after the end`, async () => {
    const node = await startTestNode({ engine, seed: `forks-${engine}`, rehearse: false });
    try {
      const homes = { shop: await node.party('shop'), maya: await node.party('maya') };
      await openShop(node, homes.shop);
      const rel = await sell(node);
      assert.equal(await speakAsShop(node, homes, rel, 1), 'acted');
      for (let i = 0; i < 10; i++) assert.equal(await speakAsShop(node, homes, rel, 0), 'record-fork');
      assert.equal(await count(node, homes.maya, 'forks'), RELATIONSHIP_LIMITS.forks);
      await node.done('end-relationship', { relationship: rel }, maya);
      node.clock?.advance(1_000);
      const before = await count(node, homes.maya, 'records');
      const ends: string[] = [];
      for (let i = 0; i < RELATIONSHIP_LIMITS.recordsAfterEnd + 5; i++)
        ends.push(await speakAsShop(node, homes, rel, 1));
      assert.equal(ends.filter((end) => end === 'acted').length, RELATIONSHIP_LIMITS.recordsAfterEnd);
      assert.equal(ends.at(-1), 'relationship-state');
      assert.equal((await count(node, homes.maya, 'records')) - before, RELATIONSHIP_LIMITS.recordsAfterEnd);
    } finally {
      await node.close();
    }
  });
}
