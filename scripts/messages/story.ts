import { send } from '../../src/delivery/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Deps } from '../../src/operations.ts';
import { asIdentity, getCounterpart, homeOfHandle, renewIdentities } from '../../src/parties/index.ts';
import { documentId, headOf, recordAt, recordToWire, toWire } from '../../src/records/index.ts';
import { findRelationship, IDENTITY_CHANGED, updateRelationship } from '../../src/relationships/index.ts';
import { type Tx, tables } from '../../src/storage/index.ts';
import type { TestNode } from '../../test/harness/node.ts';
import type { Hub } from '../../test/nodes/hub.ts';
import { maya, type Rows, shop } from '../../test/nodes/loop.ts';
import { move } from '../../test/nodes/moving.ts';
import { DAY, trumpet, trumpetWanted } from '../../test/story/goods.ts';
import { ownSecretOf } from './key-book.ts';

interface Stage {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly vendor: TestNode;
  readonly market: TestNode;
  /** The market of that node, as the person knows it. */
  readonly at: string;
}

/** One of five, which is set aside for whoever is quoted it; and one that whoever comes first gets. */
const [SET_ASIDE, LAST_ONE] = ['Student trumpet, overhauled', 'The trumpet in the window'];

/** A person, a vendor and a market on three nodes, and a fourth that the vendor moves to; between them every type of message is said at least once. */
export async function playStory(hub: Hub): Promise<void> {
  const home = await hub.open('home.example');
  const vendor = await hub.open('shop.example');
  const market = await hub.open('market.example');
  await openShop({ hub, vendor });
  const stage = { hub, home, vendor, market, at: await prepare(hub, home) };
  const firm = await offerOf(stage, await want(stage, 30_000), SET_ASIDE);
  await decline(stage, await offerOf(stage, await want(stage, 35_000), SET_ASIDE));
  const [sold, late] = [await want(stage, 40_000), await want(stage, 45_000)];
  await askForTerms(stage, firm);
  await answerByHand(stage);
  const relationship = await accept(stage, firm);
  await accept(stage, await offerOf(stage, sold, LAST_ONE));
  await accept(stage, await offerOf(stage, late, LAST_ONE));
  await talk(stage, relationship);
  await changeListings(stage);
  const met = await meet(stage);
  await comeBack(stage, relationship);
  await forget(stage, met);
  await changeKeys(stage, relationship);
  await move(hub, vendor, await hub.open('next.example'), shop);
}

async function addMarket(node: TestNode, by: { as: string }): Promise<string> {
  const { rows } = await node.done<Rows<{ id: string }>>('add-market', { host: 'market.example' }, by);
  return rows[0]?.id ?? '';
}

async function openShop({ hub, vendor }: Pick<Stage, 'hub' | 'vendor'>): Promise<void> {
  await vendor.party('fanfare');
  const market = await addMarket(vendor, shop);
  await vendor.done('open-storefront', { name: 'Fanfare', market }, shop);
  await hub.idle();
  const asks = [{ property: 'schema:email', purpose: 'to say when it is ready', days: 30, required: true }];
  const now = vendor.deps.clock.now();
  await vendor.done('publish-listing', trumpet(now, { demands: { asks }, stock: 5 }), shop);
  const lastOne = { title: LAST_ONE, mode: 'first-come', demands: { asks } };
  await vendor.done('publish-listing', trumpet(now, lastOne), shop);
  const byHand = { title: 'A trumpet made for you', mode: 'by-hand', stock: 5 };
  await vendor.done('publish-listing', trumpet(now, byHand), shop);
  await hub.idle();
}

async function prepare(hub: Hub, home: TestNode): Promise<string> {
  await home.party('maya');
  const market = await addMarket(home, maya);
  const email = { property: 'schema:email', value: 'maya@example.org' };
  await home.done('put-item', email, maya);
  const { code } = await home.done<{ code: string }>('show-recovery-code', {}, maya);
  await home.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
  await hub.idle();
  return market;
}

async function want({ hub, home, at: market }: Stage, max: number): Promise<string> {
  const budget = { max: { unit: 'EUR', value: String(max) } };
  const fields = trumpetWanted(home.deps.clock.now(), { budget, words: `a trumpet under ${max}` });
  await home.call('preview-cast', { fields, market }, maya);
  await hub.idle();
  const preview = await home.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields, market },
    maya,
  );
  const choice = preview.choices.at(-1)?.cell.id;
  const { id } = await home.done<{ id: string }>(
    'cast-intent',
    { fields, market, choice, ifBelow: 'hold' },
    maya,
  );
  await hub.idle();
  return id;
}

async function offerOf({ home }: Stage, intent: string, title: string): Promise<string> {
  const { rows } = await home.done<Rows<{ id: string; title: string }>>('list-offers', { intent }, maya);
  const found = rows.find((it) => it.title === title);
  if (!found) throw new Error(`${title} is offered`);
  return found.id;
}

/** What is set aside for somebody is free again. */
async function decline({ hub, home }: Stage, offer: string): Promise<void> {
  await home.done('decline-offer', { id: offer }, maya);
  await hub.idle();
}

/** Terms are proffered to a storefront by somebody it does not know, and it answers. */
async function askForTerms({ hub, home, vendor }: Stage, offer: string): Promise<void> {
  await home.done('proffer-terms', { to: offer, ids: ['SD-BASE-DP', 'SD-BASE'] }, maya);
  await hub.idle();
  const { rows } = await vendor.done<Rows<{ id: string }>>('list-proffers', {}, shop);
  await vendor.done('answer-terms', { id: rows[0]?.id, answer: 'accept', terms: 'SD-BASE' }, shop);
  await hub.idle();
}

/** One want is answered by hand, one is set aside, and one ends before it was answered. */
async function answerByHand(stage: Stage): Promise<void> {
  const { hub, home, vendor } = stage;
  const waiting = async (): Promise<string> => {
    const { rows } = await vendor.done<Rows<{ alias: string; state: string }>>('list-casts', {}, shop);
    return rows.find((it) => it.state === 'new')?.alias ?? '';
  };
  const answer = {
    alias: await waiting(),
    title: 'A trumpet made for you',
    price: { unit: 'EUR', value: '28000' },
    until: vendor.deps.clock.now() + 10 * DAY,
    delivery: { how: 'pickup', days: 9 },
    asks: [{ property: 'schema:email', purpose: 'to say when it is ready', days: 30 }],
    note: 'Engraved if you like.',
  };
  await vendor.done('answer-intent', answer, shop);
  await hub.idle();
  await vendor.done('decline-cast', { alias: await waiting() }, shop);
  await hub.idle();
  const intent = await want(stage, 50_000);
  await home.done('close-intent', { id: intent }, maya);
  await hub.idle();
}

async function accept({ hub, home }: Stage, offer: string): Promise<string> {
  const { rows } = await home.done<Rows<{ id: string }>>('list-items', {}, maya);
  const until = home.deps.clock.now() + 20 * DAY;
  const disclose = [{ item: rows[0]?.id, purpose: 'to say when it is ready', until }];
  const accepted = await home.done<{ relationship: string }>('accept-offer', { offer, disclose }, maya);
  await hub.idle();
  return accepted.relationship;
}

async function talk({ hub, home, vendor }: Stage, relationship: string): Promise<void> {
  await home.done('send-message', { relationship, text: 'When can I fetch it?' }, maya);
  await hub.idle();
  await vendor.done('send-message', { relationship, text: 'On Tuesday.', signedAs: 'Jan' }, shop);
  await hub.idle();
  await vendor.done('fulfil-commitment', { commitment: `${relationship}:0`, note: 'It is ready.' }, shop);
  await hub.idle();
  await home.done('confirm-commitment', { commitment: `${relationship}:0`, outcome: 'kept' }, maya);
  await hub.idle();
}

/** One listing is withdrawn that was quoted to somebody who still looks, one more runs out, and one comes to the market too late. */
async function changeListings(stage: Stage): Promise<void> {
  const { hub, vendor, market } = stage;
  await want(stage, 60_000);
  const { rows } = await vendor.done<Rows<{ id: string; title: string }>>('list-listings', {}, shop);
  const quoted = rows.find((it) => it.title === SET_ASIDE);
  await vendor.done('withdraw-listing', { id: quoted?.id }, shop);
  await hub.idle();
  const until = vendor.deps.clock.now() + 60_000;
  market.clock?.advance(90_000);
  await vendor.done(
    'publish-listing',
    trumpet(vendor.deps.clock.now(), { title: 'A late one', until }),
    shop,
  );
  await hub.idle();
}

/** Maya invites the same guest twice; the second time she thinks better of it. */
async function meet({ hub, home, vendor }: Stage): Promise<string> {
  const met: string[] = [];
  const tom = { as: 'tom' };
  await vendor.party('tom');
  for (const answer of ['sign', 'refuse']) {
    const words = { note: 'The neighbour with the ladder.', name: 'Maya' };
    const { code } = await home.done<{ code: string }>('invite-person', words, maya);
    const { relationship } = await vendor.done<{ relationship: string }>(
      'accept-invitation',
      { code, name: 'Tom' },
      tom,
    );
    await hub.idle();
    await home.done('answer-acceptance', { relationship, answer }, maya);
    await hub.idle();
    met.push(relationship);
  }
  return met[0] ?? '';
}

/** The guest's node has nothing of the acquaintance any more, and hears from her. */
async function forget({ hub, home, vendor }: Stage, relationship: string): Promise<void> {
  await as(vendor, 'tom', async (tx) => {
    const row = await findRelationship(tx, tx.home, relationship);
    const lost: readonly (readonly [string, string])[] = [
      ['relationships', relationship],
      ['identities', row?.mine ?? ''],
      ['counterparts', row?.theirs ?? ''],
      ['documents', row?.agreement ?? ''],
    ];
    for (const [table, id] of lost) {
      const from = tables<Record<string, { home_id: string; id: string }>>(tx).deleteFrom(table);
      await from.where('home_id', '=', tx.home).where('id', '=', id).execute();
    }
  });
  await home.done('send-message', { relationship, text: 'Are you still there?' }, maya);
  await hub.idle();
}

/** Maya's node asks the shop's for all of her own words and what it lacks of theirs, as after an old backup. */
async function comeBack({ hub, home }: Stage, relationship: string): Promise<void> {
  await as(home, 'maya', async (tx, deps) => {
    const row = await findRelationship(tx, tx.home, relationship);
    const other = row?.theirs ? await getCounterpart(tx, tx.home, row.theirs) : undefined;
    if (!row || !other) throw new Error('the relationship of the story is open');
    const asked = (await headOf(tx, relationship, other.id))?.seq ?? 0;
    const last = await recordAt(tx, tx.home, relationship, other.id, asked);
    const proof = last && { ...recordToWire({ ...last, body: undefined }) };
    await updateRelationship(tx, relationship, { reconciling_at: deps.clock.now() });
    await send(tx, deps, {
      to: { host: other.host, inbox: other.inbox, key: other.node_key },
      as: { name: newId(deps.random), signer: `identity/${row.mine}` },
      type: 'heads-wanted',
      body: { rel: relationship, asker: 0, asked, ...(proof && { proof }) },
      about: relationship,
    });
  });
  await hub.idle();
}

/** Maya's identities get new keys; the shop is told of the one that it knows, and hears from it again. */
async function changeKeys({ hub, home }: Stage, relationship: string): Promise<void> {
  const secret = await ownSecretOf(home.deps, (await homeOf(home, 'maya')) ?? '');
  await as(home, 'maya', async (tx, deps) => {
    const renewed = await renewIdentities(tx, deps, secret);
    const row = await findRelationship(tx, tx.home, relationship);
    const mine = renewed.find((it) => it.id === row?.mine);
    const theirs = row?.theirs ? await getCounterpart(tx, tx.home, row.theirs) : undefined;
    if (!mine || !theirs) throw new Error('the relationship of the story is open');
    await send(tx, deps, {
      to: { host: theirs.host, inbox: theirs.inbox, key: theirs.node_key },
      as: asIdentity(mine.id, documentId(mine.change)),
      type: IDENTITY_CHANGED,
      body: {
        change: {
          ...toWire(mine.change),
          signatures: toWire(mine.change).signatures.map((it) => ({ ...it })),
        },
      },
    });
  });
  await hub.idle();
  await home.done('send-message', { relationship, text: 'With my new keys.' }, maya);
  await hub.idle();
}

function homeOf(node: TestNode, handle: string): Promise<string | undefined> {
  return node.deps.storage.read((view) => homeOfHandle(view, handle));
}

async function as(
  node: TestNode,
  handle: string,
  body: (tx: Tx, deps: Deps) => Promise<void>,
): Promise<void> {
  const home = await homeOf(node, handle);
  if (home === undefined) throw new Error(`${handle} lives here`);
  await node.deps.storage.transact(home, (tx) => body(tx, node.deps));
}
