import { trumpet, trumpetWanted } from '../../story/goods.ts';
import type { Dice } from '../world/dice.ts';
import type { Deal, Fate, Given, Person, Said } from '../world/ledger.ts';
import type { Template } from '../world/template.ts';
import { violate, type World } from '../world/world.ts';
import { call } from './call.ts';

/** What people do, and how often each of it. */
const ACTIONS = {
  say: 40,
  share: 12,
  stop: 9,
  open: 6,
  fulfil: 4,
  confirm: 4,
  expect: 3,
  pause: 4,
  resume: 6,
  end: 1,
  accept: 8,
  cast: 3,
  list: 4,
  withdraw: 3,
  close: 2,
  review: 1,
  retry: 3,
};

/** What a vendor that came back from an old backup cannot take back. */
const TRADE: readonly string[] = ['accept', 'cast', 'list', 'withdraw', 'close'];

/** Every run has its own mixture: much of one thing finds what a little of everything does not. */
export function drawActions(dice: Dice, isTalkOnly: boolean): typeof ACTIONS {
  const drawn = { ...ACTIONS };
  // An object's own keys are its names.
  for (const name of Object.keys(drawn) as Act[]) {
    drawn[name] *= isTalkOnly && TRADE.includes(name) ? 0 : dice.pick([0, 1, 1, 1, 4, 12]);
  }
  drawn.say ||= ACTIONS.say;
  // Either of two may pause, and both have to go on.
  drawn.resume = Math.max(drawn.resume, 2 * drawn.pause);
  return drawn;
}

export interface Scene {
  readonly world: World;
  readonly template: Template;
  readonly deals: Deal[];
  /** Numbers what people write, so that each piece is found again. */
  count: number;
}

type Act = keyof typeof ACTIONS;

export async function doAction(scene: Scene, kind: Act): Promise<void> {
  const { world } = scene;
  const deal = world.dice.pick(scene.deals);
  const who = world.dice.chance(500) ? deal.buyer : deal.seller;
  await DO[kind](scene, deal, who);
}

interface Rows<T> {
  readonly rows: readonly T[];
}

const DO: Record<Act, (scene: Scene, deal: Deal, who: Person) => Promise<void>> = {
  say,
  share,
  stop,
  open,
  async fulfil(scene, deal, who) {
    await settle(scene, deal, who, 'fulfil-commitment', (it) => it.isMine && it.state === 'promised');
  },
  async confirm(scene, deal, who) {
    await settle(scene, deal, who, 'confirm-commitment', (it) => !it.isMine && it.state === 'done');
  },
  async expect({ world, ...scene }, { rel }, who) {
    const words = `expect-${scene.count}`;
    await recorded(world, who, 'write-expectations', { relationship: rel, text: words });
  },
  async pause({ world }, { rel }, who) {
    await recorded(world, who, 'pause-relationship', { relationship: rel });
  },
  async resume({ world }, { rel }, who) {
    await recorded(world, who, 'resume-relationship', { relationship: rel });
  },
  async end({ world, deals }, { rel }, who) {
    // One goes on, or a world that opens no new ones falls silent.
    if (rel === deals[0]?.rel) return;
    await recorded(world, who, 'end-relationship', { relationship: rel });
  },
  accept,
  async cast({ world, template, ...scene }, _deal, who) {
    const fields = trumpetWanted(template.at, { words: `want-${scene.count}` });
    const { market } = template;
    const preview = await call<{ choices: { cell: { id: string } }[] }>(world, who, 'preview-cast', {
      fields,
      market,
    });
    const choice = preview.value?.choices.at(-1)?.cell.id;
    if (choice === undefined) return;
    const cast = await call<{ id: string }>(world, who, 'cast-intent', { fields, market, choice });
    if (!cast.value) return;
    keep(world, who, 'intents', cast.value.id);
    if (world.dice.chance(300)) await moment(world);
    if (world.dice.chance(400)) await call(world, who, 'close-intent', { id: cast.value.id });
  },
  async list({ world, template, ...scene }, { seller }) {
    const number = `more-${scene.count}`;
    const stock = world.dice.between(1, 2);
    const draft = trumpet(template.at, {
      number,
      stock,
      title: number,
      mode: world.dice.pick(['firm', 'first-come']),
    });
    world.ledger.stock.set(number, stock);
    const listed = await call<{ id: string }>(world, seller, 'publish-listing', draft);
    if (!listed.value) return;
    keep(world, seller, 'desk_offers', listed.value.id);
    // Some think better of it, at once or a moment later.
    if (world.dice.chance(300)) await moment(world);
    if (world.dice.chance(500)) await call(world, seller, 'withdraw-listing', { id: listed.value.id });
  },
  async withdraw({ world }, { seller }) {
    const found = await call<Rows<{ id: string; title: string; state: string }>>(
      world,
      seller,
      'list-listings',
      {},
    );
    const listing = found.value?.rows.find((it) => it.state === 'open' && !it.title.endsWith('-many'));
    if (listing) await call(world, seller, 'withdraw-listing', { id: listing.id });
  },
  async close({ world }, _deal, who) {
    const found = await call<Rows<{ id: string }>>(world, who, 'list-intents', {});
    if (found.value?.rows[0]) await call(world, who, 'close-intent', { id: found.value.rows[0].id });
  },
  async review({ world }, { rel }, who) {
    await recorded(world, who, 'write-review', { relationship: rel, outcome: 'kept', text: 'fine' });
  },
  async retry({ world }, _deal, who) {
    const found = await call<Rows<{ id: string; state: string }>>(world, who, 'list-deliveries', {
      limit: 20,
    });
    const stuck = found.value?.rows.find((it) => it.state === 'saved' || it.state === 'dead');
    if (stuck) await call(world, who, 'retry-delivery', { delivery: stuck.id });
  },
};

export async function say({ world, ...scene }: Scene, deal: Deal, who: Person): Promise<void> {
  const text = `say-${scene.count}`;
  const fate: Fate = 'under-way';
  const said: Said = { by: who, deal, fate };
  world.ledger.said.set(text, said);
  said.fate = await recorded(world, who, 'send-message', { relationship: deal.rel, text });
}

/** Something is said where nobody ever ends it. */
export async function talkOn(scene: Scene): Promise<void> {
  const [deal] = scene.deals;
  if (deal) await say(scene, deal, scene.world.dice.pick([deal.buyer, deal.seller]));
}

/** One thing or two at once, each with a value of its own. */
async function share({ world, ...scene }: Scene, deal: Deal, who: Person): Promise<void> {
  const values = [`value-${scene.count}@example.org`];
  if (world.dice.chance(300)) values.push(`other-${scene.count}@example.org`);
  const chosen: Given[] = [];
  for (const value of values) {
    const label = `(${value.split('@')[0]})`;
    const item = { property: 'schema:email', value, label };
    const made = await call<{ id: string }>(world, who, 'put-item', item);
    if (!made.value) return;
    keep(world, who, 'items', made.value.id);
    const given: Given = { by: who, deal, item: made.value.id, label, fate: 'under-way', stopped: undefined };
    chosen.push(given);
    world.ledger.given.set(value, given);
  }
  const items = chosen.map(({ item }) => ({ item, purpose: 'to see whether it comes back' }));
  const input = { relationship: deal.rel, items };
  const shared = await call<{ records: string[] }>(world, who, 'share-items', input);
  for (const record of shared.value?.records ?? []) keep(world, who, 'records', record);
  for (const given of chosen) given.fate = shared.fate;
}

async function stop({ world }: Scene, { rel }: Deal, who: Person): Promise<void> {
  const found = await call<Rows<{ id: string; state: string; value?: string }>>(world, who, 'list-grants', {
    relationship: rel,
    side: 'mine',
    state: 'now',
  });
  const grant = found.value?.rows.find((it) => it.state === 'active');
  const given = grant?.value === undefined ? undefined : world.ledger.given.get(grant.value);
  if (!grant || !given) return;
  given.stopped = 'under-way';
  given.stopped = await recorded(world, who, 'stop-sharing', { grant: grant.id });
}

async function open({ world }: Scene, { rel }: Deal, who: Person): Promise<void> {
  const asked = { relationship: rel, side: 'theirs', state: 'now' };
  const found = await call<Rows<{ id: string; state: string }>>(world, who, 'list-grants', asked);
  const grant = found.value?.rows.find((it) => it.state === 'active')?.id;
  if (grant === undefined) return;
  const opened = await call<{ value: string }>(world, who, 'open-grant', { grant });
  if (!opened.value) return;
  const { opened: times, given } = world.ledger;
  if (!given.has(opened.value.value))
    violate(world, 'openings-told', `${opened.value.value} was never given`);
  times.set(grant, (times.get(grant) ?? 0) + 1);
}

async function accept({ world, template, deals, ...scene }: Scene): Promise<void> {
  const who = world.dice.pick(template.people);
  const intents = await call<Rows<{ id: string }>>(world, who, 'list-intents', {});
  if (!intents.value?.rows.length) return;
  const intent = world.dice.pick(intents.value.rows).id;
  const offers = await call<Rows<{ id: string; title: string; vendor?: { name: string } }>>(
    world,
    who,
    'list-offers',
    {
      intent,
    },
  );
  // Nobody buys from themselves.
  const rows = (offers.value?.rows ?? []).filter((it) => it.vendor?.name !== who.handle);
  // What is scarce is wanted by all.
  const scarce = rows.filter((it) => !it.title.endsWith('-many'));
  const from = scarce.length > 0 && world.dice.chance(800) ? scarce : rows;
  if (from.length === 0) return;
  const offer = world.dice.pick(from);
  const accepted = await call<{ relationship: string }>(world, who, 'accept-offer', { offer: offer.id });
  if (!accepted.value) return;
  const rel = accepted.value.relationship;
  keep(world, who, 'relationships', rel);
  const seller = template.people.find((it) => it.handle === offer.vendor?.name);
  if (seller) deals.push({ rel, buyer: who, seller });
  world.trace.note(`${who.handle} asks for ${offer.title} in ${rel.slice(0, 6)} (${scene.count})`);
}

async function settle(
  { world }: Scene,
  { rel }: Deal,
  who: Person,
  operation: string,
  fits: (it: { isMine: boolean; state: string }) => boolean,
): Promise<void> {
  const found = await call<Rows<{ id: string; isMine: boolean; state: string }>>(
    world,
    who,
    'list-commitments',
    {
      relationship: rel,
    },
  );
  const rows = found.value?.rows ?? [];
  // Some press a button that is not theirs, or not yet.
  const commitment = rows.length > 0 && world.dice.chance(250) ? world.dice.pick(rows) : rows.find(fits);
  if (commitment) await recorded(world, who, operation, { commitment: commitment.id });
}

/** Calls what leaves one record, which is there for good once it was acknowledged. */
async function recorded(world: World, who: Person, operation: string, input: object) {
  const done = await call<{ record: string }>(world, who, operation, input);
  if (done.value) keep(world, who, 'records', done.value.record);
  return done.fate;
}

function moment({ scheduler, dice }: World): Promise<void> {
  return new Promise((resolve) => scheduler.after(dice.below(60_000), resolve));
}

function keep(world: World, who: Person, table: string, id: string): void {
  world.ledger.kept.push({ host: who.host, home: who.home, table, id });
}
