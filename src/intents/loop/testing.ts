import assert from 'node:assert/strict';
import { actAs, type Engine, openTestDeps, type TestDeps } from '../../../test/harness/test-deps.ts';
import { openCategories } from '../../categories/index.ts';
import {
  type Courier,
  carryInside,
  carryLocally,
  type DeliveryTables,
  type Envelope,
  send,
  startCourier,
} from '../../delivery/index.ts';
import { toBase64url } from '../../kernel/bytes.ts';
import { callOperation } from '../../kernel/call-operation.ts';
import { newId } from '../../kernel/ids.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { type Failure, isFailure, must, type Result } from '../../kernel/result.ts';
import { type SigningKey, signingKey } from '../../kernel/signing.ts';
import {
  type Cast,
  ensureMarket,
  epochOf,
  getSelf,
  type ListingContent,
  type MarketDeps,
  handlers as marketHandlers,
  settlers as marketSettlers,
  parseCellId,
  publishTable,
  readCast,
  type Signed,
  type StorefrontRef,
  signAttestation,
  signCast,
  signListing,
  signStorefront,
  wireJson,
} from '../../market/index.ts';
import {
  asIdentity,
  insertHeldParty,
  makeInboxPath,
  newIdentity,
  nodeIdentityKey,
} from '../../parties/index.ts';
import { openPlaces } from '../../places/index.ts';
import { gazetteerForTests } from '../../places/testing.ts';
import { toWire, type WireDocument } from '../../records/index.ts';
import { tables } from '../../storage/index.ts';
import { handlers } from '../handlers.ts';
import type { IntentFields } from '../model.ts';
import { operations } from '../operations.ts';
import { DAY_MS, listing } from '../testing.ts';
import type { Intent } from '../view.ts';
import { noting, postWith } from './wire/testing.ts';

type Market = Awaited<ReturnType<typeof ensureMarket>>;

/** A vendor without a desk: a storefront at the market, and the key that signs for it. */
export interface Vendor {
  readonly home: string;
  readonly ref: StorefrontRef;
  readonly key: SigningKey;
}

/** A market, its people and its vendors in one process; every message goes through outbox, courier and inbox. */
export interface Loop {
  readonly deps: MarketDeps & Pick<TestDeps, 'clock'>;
  readonly market: Market;
  /** What a market signs its tables with is not to be had outside; this publishes one. */
  publish(): Promise<void>;
  /** Casts of this many attested accounts that are nobody here, in one cell. */
  crowd(cell: string, accounts: number): Promise<void>;
  person(name: string, kind?: 'person' | 'organisation'): Promise<string>;
  vendor(name: string): Promise<Vendor>;
  /** A listing signed by this vendor, the trumpet of `listing()` with these changes. */
  sign(vendor: Vendor, changes?: Partial<ListingContent>): Signed;
  /** The same, published at the market. */
  list(vendor: Vendor, changes?: Partial<ListingContent>): Promise<Signed>;
  call(home: string, operation: string, input: object): Promise<Result<unknown>>;
  /** The answer of a call that must succeed. */
  done<T>(home: string, operation: string, input: object): Promise<T>;
  refused(home: string, operation: string, input: object): Promise<Failure>;
  /** Everything that this home has sent of a type, in order. */
  sent(home: string, type?: string): Promise<Envelope[]>;
  /** Hands an envelope to a path of this node; answers the receipt's result or code. */
  post(inbox: string, from: string, type: string, body: JsonObject): Promise<string>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function openLoop(engine: Engine, seed: string, smallest = 3): Promise<Loop> {
  const base = await openTestDeps(engine, seed);
  const places = openPlaces(gazetteerForTests());
  const deps = { ...base, categories: openCategories(), places };
  const byType = new Map([...marketHandlers, ...handlers].map((it) => [it.type, it]));
  const { carry, passed } = noting(carryLocally(deps, byType));
  const courier: Courier = startCourier(deps, carryInside(carry), marketSettlers);
  const market = await ensureMarket(deps, { name: 'The square', smallest, epochDays: 7 });
  const post = postWith(deps, carry);
  const call: Loop['call'] = async (home, name, input) => {
    const operation = operations.find((it) => it.name === name);
    assert(operation, `there is no operation ${name}`);
    const result = await callOperation(operation, deps, actAs(home), input);
    if (!isFailure(result)) {
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      assert.deepEqual(
        plain(operation.output.parse(result.value)),
        plain(result.value),
        `what ${name} answers`,
      );
    }
    return result;
  };
  return {
    deps,
    market,
    post,
    call,
    publish: () => publish(deps, market),
    crowd: (cell, accounts) => crowd(deps, market, post, cell, accounts),
    person: (name, kind = 'person') => person(deps, name, kind),
    vendor: (name) => vendor(deps, market, name),
    sign: (who, changes = {}) => sign(deps, who, changes),
    list: (who, changes = {}) => list(deps, market, who, sign(deps, who, changes)),
    async done<T>(home: string, operation: string, input: object): Promise<T> {
      const result = await call(home, operation, input);
      assert(result.ok, `${operation} failed: ${JSON.stringify(result)}`);
      return result.value as T; // the test says what it expects
    },
    async refused(home, operation, input) {
      const result = await call(home, operation, input);
      assert(isFailure(result), `${operation} should have failed`);
      return result;
    },
    sent: (home, type) => sent(deps, passed, home, type),
    idle: () => courier.idle(),
    async close() {
      await courier.stop();
      places.close();
      await base.close();
    },
  };
}

async function publish(deps: MarketDeps, market: Market): Promise<void> {
  await deps.storage.transact(market.home, async (tx) => {
    const self = await getSelf(tx, market.home);
    assert(self);
    return publishTable(tx, deps, self);
  });
}

async function crowd(
  deps: MarketDeps,
  market: Market,
  post: Loop['post'],
  cell: string,
  accounts: number,
): Promise<void> {
  const parsed = parseCellId(cell);
  assert(parsed, `${cell} is a cell`);
  const attester = nodeIdentityKey(deps.nodeKey);
  for (let i = 0; i < accounts; i++) {
    const key = signingKey(deps.random.bytes(32));
    const now = deps.clock.now();
    const attested = {
      attester: toBase64url(attester.publicKey),
      market: market.id,
      epoch: epochOf(now, market.rules),
      token: toBase64url(deps.random.bytes(16)),
    };
    const content = {
      castId: newId(deps.random),
      key: toBase64url(key.publicKey),
      cell: parsed,
      reply: { host: deps.host, inbox: makeInboxPath(deps.nodeKey, 'nobody', deps.random) },
      until: now + 300 * DAY_MS,
      attestation: copyOf(signAttestation(attested, attester, deps.random).wire),
    };
    const { wire } = signCast(content, key, deps.random);
    assert.equal(await post(market.address.inbox, key.kid, 'cast', { cast: wireJson(wire) }), 'acted');
  }
}

/** Somebody whose secret no passphrase wraps, which would take longer than all the rest of a test. */
async function person(deps: MarketDeps, name: string, kind: 'person' | 'organisation'): Promise<string> {
  const home = newId(deps.random);
  await deps.storage.transact(home, (tx) =>
    insertHeldParty(tx, deps, { handle: home, name, kind, sample: null, identities: 4 }),
  );
  return home;
}

async function vendor(deps: MarketDeps, market: Market, name: string): Promise<Vendor> {
  const home = await person(deps, name, 'organisation');
  return deps.storage.transact(home, async (tx) => {
    const identity = must(await newIdentity(tx, deps, 'storefront'));
    const address = { host: identity.host, inbox: identity.inbox };
    const key = toBase64url(identity.key.publicKey);
    const content = { market: market.id, name, key, address, identity: copyOf(toWire(identity.document)) };
    const signed = signStorefront(content, identity.key, deps.random);
    await send(tx, deps, {
      to: market.address,
      as: asIdentity(identity.id, signed.id),
      type: 'storefront-open',
      body: { storefront: wireJson(signed.wire) },
    });
    return { home, ref: { id: signed.id, name, key, address }, key: identity.key };
  });
}

function copyOf({ payload, signatures }: WireDocument) {
  return { payload, signatures: [...signatures] };
}

function sign(deps: MarketDeps, who: Vendor, changes: Partial<ListingContent>): Signed {
  const { salt: _salt, ...plain } = listing({ storefront: who.ref, until: deps.clock.now() + 60 * DAY_MS });
  return signListing({ ...plain, number: newId(deps.random), ...changes }, who.key, deps.random);
}

async function list(deps: MarketDeps, market: Market, who: Vendor, signed: Signed): Promise<Signed> {
  return deps.storage.transact(who.home, async (tx) => {
    await send(tx, deps, {
      to: market.address,
      as: { name: who.ref.id, signer: 'one-use/test' },
      type: 'listing-publish',
      body: { listing: wireJson(signed.wire) },
    });
    return signed;
  });
}

async function sent(
  deps: MarketDeps,
  passed: ReadonlyMap<string, Envelope>,
  home: string,
  type: string | undefined,
): Promise<Envelope[]> {
  const rows = await deps.storage.read((view) =>
    tables<DeliveryTables>(view)
      .selectFrom('outbox')
      .select(['id', 'type', 'octets'])
      .where('home_id', '=', home)
      .orderBy('position')
      .execute(),
  );
  return rows
    .filter((row) => type === undefined || row.type === type)
    .map((row) => passed.get(row.id) ?? JSON.parse(Buffer.from(row.octets).toString('utf8')));
}

/** The payload of the cast in an envelope. */
export function castIn(envelope: Envelope | undefined): Cast {
  const read = readCast(envelope?.body.cast);
  return must(read).value;
}

/** A cast that was sent: its want, its id, and the path its answers come to. */
export interface KnownCast {
  readonly intent: string;
  readonly castId: string;
  readonly inbox: string;
}

/** Casts a want as this cell, which must be possible at once. */
export async function castAs(
  loop: Loop,
  home: string,
  fields: IntentFields,
  choice: string,
): Promise<KnownCast> {
  const intent = await loop.done<Intent>(home, 'cast-intent', { fields, choice });
  assert.equal(intent.state, 'open');
  const { castId, reply } = castIn((await loop.sent(home, 'cast')).at(-1));
  return { intent: intent.id, castId, inbox: reply.inbox };
}

/** Quotes as the market, or somebody else, would send them. */
export function quoteTo(loop: Loop, to: KnownCast, quotes: Json[], from = loop.market.id): Promise<string> {
  return loop.post(to.inbox, from, 'quotes', { castId: to.castId, quotes, more: false });
}

export const NO_STANDING = { kept: 0, late: 0, broken: 0, repaired: 0, records: [] };

/** One quote: a listing and what the market says of its vendor. */
export function entry(listing: Signed, standing: JsonObject = NO_STANDING): JsonObject {
  return { listing: wireJson(listing.wire), standing };
}
