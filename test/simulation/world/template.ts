import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../../src/kernel/ids.ts';
import { insertHeldParty } from '../../../src/parties/index.ts';
import { trumpet, trumpetWanted } from '../../story/goods.ts';
import { call } from '../workload/call.ts';
import { copyDisk } from './disk.ts';
import { CALM } from './knobs.ts';
import type { Deal, Person } from './ledger.ts';
import { envelopesOf, newWorld, runUntil, runUntilCalm, startAll, stopAll } from './new-world.ts';
import type { World } from './world.ts';

/** A settled place that every seed begins from: markets, storefronts, relationships, offers on the table. */
export interface Template {
  readonly folder: string;
  readonly hosts: readonly string[];
  readonly people: readonly Person[];
  readonly deals: readonly Deal[];
  readonly market: string;
  /** Listings by number, with their stock. */
  readonly stock: readonly (readonly [string, number])[];
  /** How many were written while it was made. */
  readonly envelopes: number;
  /** When it was left. */
  readonly at: number;
}

const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  'a.example': ['ada', 'aria'],
  'b.example': ['bolt', 'bea'],
  'c.example': ['cleo'],
  'd.example': ['dan', 'dora'],
  'e.example': ['eve'],
};
/** Buyer and seller; neighbours among them. */
const DEALS = [
  ['cleo', 'bolt'],
  ['ada', 'bolt'],
  ['bea', 'bolt'],
  ['cleo', 'aria'],
  ['ada', 'aria'],
  ['dan', 'bolt'],
  ['eve', 'dora'],
] as const;
const SELLERS = ['bolt', 'aria', 'dora'];
const IDENTITIES = 48;
const NAME = 'template.json';
const HOUR = 3_600_000;
/** 2026-11-02, 10:00 UTC. */
const START = Date.UTC(2026, 10, 2, 10);

/** Makes the place with so many nodes, on a calm network, the same every time. */
export async function makeTemplate(folder: string, size: number): Promise<Template> {
  mkdirSync(folder);
  const hosts = Object.keys(PEOPLE).slice(0, size);
  const seed = `template-${size}`;
  const world = newWorld({ folder, seed, hosts, knobs: CALM, start: START, isWatched: false });
  await startAll(world);
  const people = new Map<string, Person>();
  for (const host of hosts) {
    for (const handle of PEOPLE[host] ?? []) people.set(handle, await settle(world, host, handle));
  }
  const market = await addMarkets(world, [...people.values()]);
  const sellers = SELLERS.flatMap((handle) => people.get(handle) ?? []);
  for (const seller of sellers) await need(world, seller, 'open-storefront', { name: seller.handle, market });
  await runUntilCalm(world);
  const stock = new Map<string, number>();
  const list = async (seller: Person, number: string, count: number, mode = 'firm'): Promise<void> => {
    const draft = trumpet(START, { number, stock: count, title: number, mode });
    await need(world, seller, 'publish-listing', draft);
    stock.set(number, count);
  };
  for (const seller of sellers) await list(seller, `${seller.handle}-many`, 40);
  await runUntilCalm(world);
  const deals: Deal[] = [];
  for (const [buyerName, sellerName] of DEALS) {
    const [buyer, seller] = [people.get(buyerName), people.get(sellerName)];
    if (buyer && seller) deals.push(await agree(world, buyer, seller, market));
  }
  // Something of which there is one only, and offers of it in many hands: a firm one would be set aside for the first.
  await list(sellers[0] ?? never(), 'last-one', 1, 'first-come');
  await runUntilCalm(world);
  for (const person of people.values()) {
    if (!SELLERS.includes(person.handle)) await want(world, person, market, `${person.handle} wants another`);
  }
  await runUntilCalm(world);
  await rest(world);
  const at = world.scheduler.now();
  const envelopes = envelopesOf(world);
  await stopAll(world);
  if (world.violation) throw new Error(`the place is not sound: ${world.violation.how}`);
  const kept = join(folder, 'kept');
  mkdirSync(kept);
  for (const host of world.hosts.values()) copyDisk(host.folder(), join(kept, host.name));
  const template = {
    folder: kept,
    hosts,
    people: [...people.values()],
    deals,
    market,
    stock: [...stock],
    envelopes,
    at,
  };
  writeFileSync(join(folder, NAME), JSON.stringify(template));
  return template;
}

/** Boxes for answers that came long ago are looked into less and less often. */
async function rest(world: World): Promise<void> {
  world.patience = 30_000;
  await runUntil(world, world.scheduler.now() + HOUR);
}

/** The place that another process has made in this folder. */
export function readTemplate(folder: string): Template {
  return JSON.parse(readFileSync(join(folder, NAME), 'utf8')) as Template; // makeTemplate wrote it
}

async function settle(world: World, host: string, handle: string): Promise<Person> {
  const node = world.hosts.get(host)?.life()?.node;
  if (!node) throw new Error(`${host} is not up`);
  const { deps } = node;
  const home = newId(deps.random);
  const party = { handle, name: handle, kind: 'person' as const, sample: null, identities: IDENTITIES };
  const inserted = deps.storage.transact(home, (tx) => insertHeldParty(tx, deps, party));
  await runUntilCalm(world);
  await inserted;
  return { host, handle, home };
}

async function addMarkets(world: World, people: readonly Person[]): Promise<string> {
  let market = '';
  for (const person of people) {
    if (person.host === 'a.example') continue;
    const { rows } = await need<Rows>(world, person, 'add-market', { host: 'a.example' });
    market = rows[0]?.id ?? market;
  }
  return market;
}

interface Rows {
  readonly rows: { readonly id: string; readonly title: string }[];
}

/** Casts a want and answers its offers' id by title. */
async function want(world: World, who: Person, market: string, words: string): Promise<string> {
  const fields = trumpetWanted(START, { words });
  await need(world, who, 'preview-cast', { fields, market });
  await runUntilCalm(world);
  const preview = await need<{ choices: { cell: { id: string } }[] }>(world, who, 'preview-cast', {
    fields,
    market,
  });
  const choice = preview.choices.at(-1)?.cell.id;
  const { id } = await need<{ id: string }>(world, who, 'cast-intent', { fields, market, choice });
  await runUntilCalm(world);
  return id;
}

async function agree(world: World, buyer: Person, seller: Person, market: string): Promise<Deal> {
  const intent = await want(world, buyer, market, `${buyer.handle} wants it from ${seller.handle}`);
  const { rows } = await need<Rows>(world, buyer, 'list-offers', { intent });
  const offer = rows.find((it) => it.title === `${seller.handle}-many`)?.id;
  const { relationship: rel } = await need<{ relationship: string }>(world, buyer, 'accept-offer', { offer });
  await runUntilCalm(world);
  return { rel, buyer, seller };
}

async function need<T>(world: World, who: Person, name: string, input: object): Promise<T> {
  const called = call<T>(world, who, name, input);
  await runUntilCalm(world);
  const { value, code } = await called;
  if (value === undefined)
    throw new Error(`${who.handle} ${name}: ${code} ${JSON.stringify(world.violation)}`);
  return value;
}

function never(): never {
  throw new Error('there are sellers');
}
