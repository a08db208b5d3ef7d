import type { TestNode } from '../../test/harness/node.ts';
import type { Hub } from '../../test/nodes/hub.ts';
import { maya, type Rows, shop } from '../../test/nodes/loop.ts';
import { move } from '../../test/nodes/moving.ts';
import { DAY, trumpet, trumpetWanted } from '../../test/story/goods.ts';
import { changeKeys, comeBack, diverge, forget } from './losses.ts';

export interface Stage {
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
  await give(stage, relationship);
  await changeListings(stage);
  const met = await meet(stage);
  await diverge(stage, relationship);
  await comeBack(stage, relationship);
  await forget(stage, met);
  await changeKeys(stage, relationship);
  await move(hub, vendor, await hub.open('next.example'), shop, true);
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

/** What she gives is opened, changes, is taken back, and is said to be erased. */
async function give(stage: Stage, relationship: string): Promise<void> {
  const { hub, home, vendor } = stage;
  const size = { property: 'own:mouthpiece', value: '7C' };
  const { id: item } = await home.done<{ id: string }>('put-item', size, maya);
  const items = [{ item, purpose: 'to choose the mouthpiece', follows: true }];
  const { records } = await home.done<{ records: string[] }>('share-items', { relationship, items }, maya);
  if (records.length !== 1) throw new Error('what she gives goes out');
  await hub.idle();
  type Given = { id: string; property: string };
  const { rows } = await vendor.done<Rows<Given>>('list-grants', { relationship }, shop);
  const grant = rows.find((it) => it.property === size.property)?.id;
  await vendor.done('open-grant', { grant }, shop);
  await hub.idle();
  await home.done('put-item', { ...size, id: item, value: '5C' }, maya);
  await hub.idle();
  await home.done('stop-sharing', { grant }, maya);
  await hub.idle();
  await vendor.done('state-deletion', { grant, what: 'all-erased', words: 'The note too.' }, shop);
  await hub.idle();
  await giveTwice(stage, relationship);
}

/** What may be opened twice is opened once, changes, and is opened for the last time. */
async function giveTwice({ hub, home, vendor }: Stage, relationship: string): Promise<void> {
  const lock = { property: 'own:door-code', value: '4711' };
  const { id: item } = await home.done<{ id: string }>('put-item', lock, maya);
  const items = [{ item, purpose: 'to bring it in', follows: true, times: 2 }];
  await home.done('share-items', { relationship, items }, maya);
  await hub.idle();
  type Given = { id: string; property: string };
  const { rows } = await vendor.done<Rows<Given>>('list-grants', { relationship }, shop);
  const grant = rows.find((it) => it.property === lock.property)?.id;
  await vendor.done('open-grant', { grant }, shop);
  await hub.idle();
  await home.done('put-item', { ...lock, id: item, value: '4712' }, maya);
  await hub.idle();
  await vendor.done('open-grant', { grant }, shop);
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
