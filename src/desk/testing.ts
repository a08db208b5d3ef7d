import assert from 'node:assert/strict';
import { actAs, type Engine, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { openCategories } from '../categories/index.ts';
import {
  carryInside,
  carryLocally,
  type Envelope,
  type InboxHandler,
  ownName,
  startCourier,
} from '../delivery/index.ts';
import { runningJobs } from '../jobs/index.ts';
import { callOperation } from '../kernel/call-operation.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { type Failure, isFailure, ok, type Result } from '../kernel/result.ts';
import {
  type Cell,
  ensureMarket,
  type KnownMarket,
  handlers as market,
  readingOperations as marketOperations,
  type NewMarket,
  signCastClosed,
  wireJson,
} from '../market/index.ts';
import {
  type CastOptions,
  castFrom,
  DAY,
  GHENT,
  problemOf,
  type RawCast,
  sendFrom,
  TRUMPETS,
} from '../market/testing.ts';
import { insertHeldParty } from '../parties/index.ts';
import { openPlaces } from '../places/index.ts';
import { gazetteerForTests } from '../places/testing.ts';
import type { DeskDeps } from './deps.ts';
import {
  handlers as desk,
  operations as deskOperations,
  keepListings,
  ListingDraft,
  type OwnStorefront,
  ownStorefront,
  reserveOffer,
} from './index.ts';

/** A market, its vendors and its wanters on one node, with the courier between them. */
export interface Town {
  readonly deps: DeskDeps & TestDeps;
  readonly market: KnownMarket & { readonly home: string };
  /** A party that nobody signs in to; its home. */
  home(name: string): Promise<string>;
  /** The same with a storefront. */
  vendor(name: string): Promise<string>;
  done<T>(home: string, operation: string, input: object): Promise<T>;
  refused(home: string, operation: string, input: object): Promise<Failure>;
  /** Casts a cell from a home, as wants do. */
  cast(home: string, cell: Cell, options?: CastOptions): Promise<RawCast>;
  close(home: string, cast: RawCast): Promise<void>;
  /** Sends any message from a home, and answers the code it was refused with, once it has been carried. */
  tell(home: string, from: string, type: string, body: JsonObject): Promise<string | undefined>;
  /** Messages that came to the inbox paths of wanters, by type. */
  received(type: string): readonly Envelope[];
  idle(): Promise<void>;
  end(): Promise<void>;
}

/** A listing that fits `cellAround()`. */
export function trumpet(deps: { clock: { now(): number } }, change: object = {}): object {
  return {
    title: 'A student trumpet',
    category: TRUMPETS,
    price: { unit: 'EUR', value: '25000' },
    stock: 7,
    mode: 'first-come',
    place: GHENT,
    reach: { level: 'local', km: 30 },
    acceptsTerms: ['SD-BASE'],
    delivery: { how: 'pickup', days: 2 },
    until: deps.clock.now() + 60 * DAY,
    ...change,
  };
}

export async function openTown(
  engine: Engine,
  seed: string,
  rules: Partial<NewMarket> = {},
  rehearse = true,
): Promise<Town> {
  const base = await openTestDeps(engine, seed, rehearse);
  const places = openPlaces(gazetteerForTests());
  const deps = { ...base, places, categories: openCategories(), jobs: runningJobs() };
  const inbound = new Map<string, Envelope>();
  const handlers = [
    ...market,
    ...desk,
    ...['quotes', 'answers', 'cells'].map((type) => keepIn(inbound, type)),
  ];
  const courier = startCourier(
    deps,
    carryInside(carryLocally(deps, new Map(handlers.map((it) => [it.type, it])))),
  );
  const found = await ensureMarket(deps, { name: 'Town market', smallest: 2, ...rules });
  const received = (type: string): Envelope[] => [...inbound.values()].filter((it) => it.type === type);
  const home = (name: string): Promise<string> => newHome(deps, name);
  return {
    deps,
    market: found,
    received,
    home,
    async vendor(name) {
      const made = await home(name);
      assert((await call(deps, made, 'open-storefront', { name })).ok);
      return made;
    },
    async done<T>(by: string, operation: string, input: object) {
      const result = await call(deps, by, operation, input);
      assert(result.ok, `${operation}: ${JSON.stringify(result)}`);
      return result.value as T; // the test says what it expects
    },
    async refused(by, operation, input) {
      const result = await call(deps, by, operation, input);
      assert(isFailure(result), `${operation} should have failed`);
      return result;
    },
    cast: (by, cell, options = {}) => castFrom(deps, found, received, by, cell, options),
    async close(by, { castId, key }) {
      const { wire } = signCastClosed({ castId }, key, deps.random);
      await sendFrom(deps, found, by, key.kid, 'cast-closed', { closed: wireJson(wire) });
    },
    async tell(by, from, type, body) {
      const id = await sendFrom(deps, found, by, from, type, body);
      await courier.idle();
      return problemOf(deps, by, id);
    },
    async idle() {
      await deps.jobs.idle();
      await courier.idle();
    },
    async end() {
      await courier.stop();
      places.close();
      await base.close();
    },
  };
}

/** What a wanter's home receives is only kept here; homes that answer to it are tested in their own room. */
function keepIn(inbound: Map<string, Envelope>, type: string): InboxHandler<DeskDeps> {
  return {
    type,
    isSpeaker: ownName,
    async receive(_tx, _deps, envelope) {
      inbound.set(envelope.id, envelope);
      return ok(null);
    },
  };
}

async function newHome(deps: DeskDeps, name: string): Promise<string> {
  const home = newId(deps.random);
  const party = { handle: name, name, kind: 'person', sample: null, identities: 8 } as const;
  await deps.storage.transact(home, (tx) => insertHeldParty(tx, deps, party));
  return home;
}

async function call(deps: DeskDeps, home: string, name: string, input: object): Promise<Result<unknown>> {
  const operation = [...marketOperations, ...deskOperations].find((it) => it.name === name);
  assert(operation, `there is no ${name}`);
  return callOperation(operation, deps, actAs(home), input);
}

/** What signs for a home's first storefront. */
export async function signerOf(town: Town, home: string): Promise<OwnStorefront> {
  const [first] = (await town.done<{ rows: { id: string }[] }>(home, 'list-storefronts', {})).rows;
  const own = await town.deps.storage.transact(home, (tx) => ownStorefront(tx, town.deps, first?.id ?? ''));
  assert(own);
  return own;
}

/** Lists many things in a home at once, without telling the market. */
export async function addMany(town: Town, home: string, count: number): Promise<void> {
  const storefront = await signerOf(town, home);
  for (let from = 0; from < count; from += 500) {
    await town.deps.storage.transact(home, async (tx) => {
      const wanted = Array.from({ length: Math.min(500, count - from) }, (_, i) => ({
        number: `n${from + i}`,
        draft: ListingDraft.parse(trumpet(town.deps, { title: `Trumpet no ${from + i}` })),
      }));
      const kept = await keepListings(tx, town.deps, storefront, town.market, wanted);
      assert.ok(kept.outcomes.every((it) => it.result === 'added'));
    });
  }
}

/** What an acceptance of one piece comes to. */
export async function accept(
  town: Town,
  seller: string,
  offer: string,
  quantity = 1,
  alias: string | null = null,
): Promise<string> {
  const result = await town.deps.storage.transact(seller, (tx) =>
    reserveOffer(tx, town.deps, { offer, alias, quantity, check: () => true }),
  );
  return isFailure(result) ? result.code : 'taken';
}
