import assert from 'node:assert/strict';
import { actAs, type Engine, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { openCategories } from '../categories/index.ts';
import {
  carryLocally,
  type DeliveryTables,
  type Envelope,
  type InboxHandler,
  send,
  startCourier,
} from '../delivery/index.ts';
import { runningJobs } from '../jobs/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { callOperation } from '../kernel/call-operation.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { type Failure, isFailure, must, ok, type Result } from '../kernel/result.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import {
  type Answer,
  areasAround,
  bandOf,
  type Cell,
  copyWire,
  ensureMarket,
  epochOf,
  type KnownMarket,
  type Listing,
  handlers as market,
  operations as marketOperations,
  type NewMarket,
  readAnswer,
  readListing,
  type Signed,
  type Standing,
  signAttestation,
  signCast,
  signCastClosed,
  type Verified,
  wireJson,
} from '../market/index.ts';
import {
  insertHeldParty,
  makeInboxPath,
  nodeIdentityKey,
  operations as partyOperations,
} from '../parties/index.ts';
import { openPlaces } from '../places/index.ts';
import { gazetteerForTests } from '../places/testing.ts';
import { tables } from '../storage/index.ts';
import type { DeskDeps } from './deps.ts';
import {
  handlers as desk,
  operations as deskOperations,
  keepListings,
  ListingDraft,
  ownStorefront,
} from './index.ts';

export const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
export const TRUMPETS = 'ae-2-8-3-5-3';
export const DAY = 86_400_000;

/** A cast by somebody of whom nothing else is known, and what came back for it. */
export interface RawCast {
  readonly castId: string;
  readonly key: SigningKey;
  readonly quotes: {
    readonly listing: Verified<Listing>;
    readonly standing: Standing;
    readonly more: boolean;
  }[];
  readonly answers: { readonly answer: Verified<Answer>; readonly standing: Standing }[];
}

interface CastOptions {
  /** Stands for the account behind it; nobody does when left out. */
  readonly token?: string;
  readonly days?: number;
  /** What the attestation says otherwise than it should. */
  readonly forged?: { readonly attester?: SigningKey; readonly epoch?: number; readonly market?: string };
}

/** A market, its vendors and its wanters on one node, with the courier between them. */
export interface Town {
  readonly deps: DeskDeps & TestDeps;
  readonly market: KnownMarket & { readonly home: string };
  /** A party of this handle; its home. */
  party(handle: string): Promise<string>;
  /** A vendor with a storefront, made without a passphrase and so much faster; its home. */
  vendor(name: string): Promise<string>;
  done<T>(home: string, operation: string, input: object): Promise<T>;
  refused(home: string, operation: string, input: object): Promise<Failure>;
  /** Casts a cell from a home, as wants do; `token` stands for the account behind it. */
  cast(home: string, cell: Cell, options?: CastOptions): Promise<RawCast>;
  close(home: string, cast: RawCast): Promise<void>;
  /** Sends any message from a home, and answers the code it was refused with, once it has been carried. */
  tell(home: string, from: string, type: string, body: JsonObject): Promise<string | undefined>;
  /** Messages that came to the inbox paths of wanters, by type. */
  received(type: string): readonly Envelope[];
  idle(): Promise<void>;
  end(): Promise<void>;
}

export function cellAround(change: Partial<Cell> = {}): Cell {
  const [area = 'w'] = areasAround(GHENT);
  return {
    category: TRUMPETS,
    area,
    budget: { unit: 'EUR', upTo: bandOf(30_000n) },
    time: '90d',
    terms: 'SD-BASE',
    buyer: 'person',
    ...change,
  };
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
  // What a wanter's home receives is only kept here; homes that answer to it are tested in their own room.
  const keep = (type: string): InboxHandler<DeskDeps> => ({
    type,
    async receive(_tx, _deps, envelope) {
      inbound.set(envelope.id, envelope);
      return ok(null);
    },
  });
  const all = [...market, ...desk, keep('quotes'), keep('answers'), keep('cells')];
  const courier = startCourier(deps, carryLocally(deps, new Map(all.map((it) => [it.type, it]))));
  const found = await ensureMarket(deps, { name: 'Town market', smallest: 2, ...rules });
  const operations = [...partyOperations, ...marketOperations, ...deskOperations];
  const call = (home: string | undefined, name: string, input: object): Promise<Result<unknown>> => {
    const operation = operations.find((it) => it.name === name);
    assert(operation, `there is no ${name}`);
    const actor = home === undefined ? { home, isOperator: true } : actAs(home);
    return callOperation(operation, deps, actor, input);
  };
  const received = (type: string): Envelope[] => [...inbound.values()].filter((it) => it.type === type);
  return {
    deps,
    market: found,
    received,
    async party(handle) {
      const created = await call(undefined, 'create-party', {
        name: handle,
        handle,
        passphrase: 'long enough for all',
      });
      assert(created.ok);
      return (created.value as { id: string }).id; // what create-party answers
    },
    async vendor(name) {
      const home = newId(deps.random);
      await deps.storage.transact(home, (tx) =>
        insertHeldParty(tx, deps, { handle: name, name, kind: 'person', sample: null, identities: 8 }),
      );
      assert((await call(home, 'open-storefront', { name })).ok);
      return home;
    },
    async done<T>(home: string, operation: string, input: object) {
      const result = await call(home, operation, input);
      assert(result.ok, `${operation}: ${JSON.stringify(result)}`);
      return result.value as T; // the test says what it expects
    },
    async refused(home, operation, input) {
      const result = await call(home, operation, input);
      assert(isFailure(result), `${operation} should have failed`);
      return result;
    },
    cast: (home, cell, options = {}) => castFrom(deps, found, received, home, cell, options),
    async close(home, { castId, key }) {
      const { wire } = signCastClosed({ castId }, key, deps.random);
      await sendFrom(deps, found, home, key.kid, 'cast-closed', { closed: wireJson(wire) });
    },
    tell: async (home, from, type, body) => {
      const id = await sendFrom(deps, found, home, from, type, body);
      await courier.idle();
      return problemOf(deps, home, id);
    },
    idle: async () => {
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

function sendFrom(
  deps: DeskDeps,
  to: KnownMarket,
  home: string,
  from: string,
  type: string,
  body: JsonObject,
): Promise<string> {
  return deps.storage.transact(home, (tx) => send(tx, deps, { to: to.address, from, type, body }));
}

async function problemOf(deps: DeskDeps, home: string, id: string): Promise<string | undefined> {
  const row = await deps.storage.read((view) =>
    tables<DeliveryTables>(view)
      .selectFrom('outbox')
      .select(['state', 'problem'])
      .where('home_id', '=', home)
      .where('id', '=', id)
      .executeTakeFirst(),
  );
  assert(row && row.state !== 'saved', 'the message has been carried');
  return row.problem ?? undefined;
}

function attestationFor(deps: DeskDeps, to: KnownMarket, { token, forged }: CastOptions): Signed | undefined {
  if (token === undefined) return undefined;
  const attester = forged?.attester ?? nodeIdentityKey(deps.nodeKey);
  const content = {
    attester: toBase64url(attester.publicKey),
    market: forged?.market ?? to.id,
    epoch: forged?.epoch ?? epochOf(deps.clock.now(), to.rules),
    token: token.padEnd(22, '0'),
  };
  return signAttestation(content, attester, deps.random);
}

async function castFrom(
  deps: DeskDeps,
  to: KnownMarket,
  received: (type: string) => readonly Envelope[],
  home: string,
  cell: Cell,
  options: CastOptions,
): Promise<RawCast> {
  const key = signingKey(deps.random.bytes(32));
  const castId = newId(deps.random);
  const attestation = attestationFor(deps, to, options);
  const content = {
    castId,
    key: toBase64url(key.publicKey),
    cell,
    reply: { host: deps.host, inbox: makeInboxPath(deps.nodeKey, home, deps.random) },
    until: deps.clock.now() + (options.days ?? 30) * DAY,
    ...(attestation && { attestation: copyWire(attestation.wire) }),
  };
  const { wire } = signCast(content, key, deps.random);
  await sendFrom(deps, to, home, key.kid, 'cast', { cast: wireJson(wire) });
  const mine = (type: string): Envelope[] => received(type).filter((it) => it.body.castId === castId);
  return {
    castId,
    key,
    get quotes() {
      return mine('quotes').flatMap(({ body }) => {
        const sent = body.quotes as { listing: unknown; standing: Standing }[]; // read right below
        return sent.map(({ listing, standing }) => ({
          listing: must(readListing(listing)),
          standing,
          more: body.more === true,
        }));
      });
    },
    get answers() {
      return mine('answers').flatMap(({ body }) => {
        const sent = body.answers as { answer: unknown; standing: Standing }[]; // read right below
        return sent.map(({ answer, standing }) => ({ answer: must(readAnswer(answer)), standing }));
      });
    },
  };
}

/** Lists many things in a home at once, without telling the market. */
export async function addMany(town: Town, home: string, count: number): Promise<void> {
  const [first] = (await town.done<{ rows: { id: string }[] }>(home, 'list-storefronts', {})).rows;
  for (let from = 0; from < count; from += 500) {
    await town.deps.storage.transact(home, async (tx) => {
      const storefront = await ownStorefront(tx, town.deps, first?.id ?? '');
      assert(storefront);
      const wanted = Array.from({ length: Math.min(500, count - from) }, (_, i) => ({
        number: `n${from + i}`,
        draft: ListingDraft.parse(trumpet(town.deps, { title: `Trumpet no ${from + i}` })),
      }));
      const kept = await keepListings(tx, town.deps, storefront, town.market, wanted);
      assert.ok(kept.outcomes.every((it) => it.result === 'added'));
    });
  }
}
