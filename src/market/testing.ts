import assert from 'node:assert/strict';
import { type DeliveryTables, type Envelope, send } from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { must } from '../kernel/result.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import { makeInboxPath, nodeIdentityKey } from '../parties/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import {
  type Answer,
  areasAround,
  bandOf,
  type Cell,
  copyWire,
  epochOf,
  type KnownMarket,
  type Listing,
  readAnswer,
  readListing,
  type Signed,
  type Standing,
  signAttestation,
  signCast,
  type Verified,
  wireJson,
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

export interface CastOptions {
  /** Stands for the account behind it; nobody does when left out. */
  readonly token?: string;
  readonly days?: number;
  /** What the attestation says otherwise than it should. */
  readonly forged?: { readonly attester?: SigningKey; readonly epoch?: number; readonly market?: string };
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

/** Sends a message of a home to a market; answers its id. */
export function sendFrom(
  deps: BaseDeps,
  to: KnownMarket,
  home: string,
  from: string,
  type: string,
  body: JsonObject,
): Promise<string> {
  return deps.storage.transact(home, (tx) =>
    send(tx, deps, { to: to.address, as: { name: from, signer: 'one-use/test' }, type, body }),
  );
}

/** The code that a message was refused with, once it has been carried. */
export async function problemOf(deps: BaseDeps, home: string, id: string): Promise<string | undefined> {
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

function attestationFor(deps: BaseDeps, to: KnownMarket, { token, forged }: CastOptions): Signed | undefined {
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

/** Casts a cell from a home as wants do, with a key of its own. */
export async function castFrom(
  deps: BaseDeps,
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
