import { toBase64url } from '../kernel/bytes.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { findMarket, type StorefrontRef } from '../market/index.ts';
import { asIdentity, getPartyRow, type OwnIdentity, ownIdentity, type Speaker } from '../parties/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { getStorefrontRow, storefrontsOf } from './store.ts';
import type { StorefrontRow } from './tables.ts';

/** One of my storefronts, with what it takes to sign for it. */
export interface OwnStorefront {
  readonly id: string;
  readonly name: string;
  readonly isSample: boolean;
  readonly key: OwnIdentity['key'];
  readonly speaker: Speaker;
  readonly row: StorefrontRow;
  /** The key of its market, which receipts must be signed by; undefined when the market is forgotten. */
  readonly marketKey: string | undefined;
  /** As its listings and answers name it. */
  readonly ref: StorefrontRef;
}

/** A storefront of mine, ready to sign; undefined when I have none of this id, or am a paused copy. */
export async function ownStorefront(tx: Tx, deps: BaseDeps, id: string): Promise<OwnStorefront | undefined> {
  const row = await getStorefrontRow(tx, tx.home, id);
  const party = row && (await getPartyRow(tx, tx.home));
  if (!row || party?.paused_at !== null) return undefined;
  const identity = await ownIdentity(tx, deps, row.identity);
  if (!identity) return undefined;
  const address = { host: identity.host, inbox: identity.inbox };
  const ref = { id, name: row.name, key: toBase64url(identity.key.publicKey), address };
  const speaker = asIdentity(row.identity, id);
  const marketKey = (await findMarket(tx, row.market))?.key;
  return { id, name: row.name, isSample: row.is_sample, key: identity.key, speaker, row, marketKey, ref };
}

/** The storefront that is meant, or my only one. Fails with `storefront-needed`, `storefront-unknown`, `party-paused`. */
export async function chosenStorefront(
  tx: Tx,
  deps: BaseDeps,
  id: string | undefined,
): Promise<Result<OwnStorefront>> {
  const wanted = id ?? (await storefrontsOf(tx, tx.home))[0]?.id;
  if (wanted === undefined) {
    return fail('storefront-needed', 'You have no storefront yet.', 'Open one at a market first.');
  }
  if (!(await getStorefrontRow(tx, tx.home, wanted))) return storefrontUnknown();
  const own = await ownStorefront(tx, deps, wanted);
  if (own) return ok(own);
  return fail(
    'party-paused',
    'This is a paused copy; it signs nothing.',
    'Act from the node that is in use.',
  );
}

/** Looks each storefront up once, however many things of it are acted on. */
export function storefrontsAtHand(tx: Tx, deps: BaseDeps): (id: string) => Promise<Result<OwnStorefront>> {
  const atHand = new Map<string, Result<OwnStorefront>>();
  return async (id) => {
    const known = atHand.get(id) ?? (await chosenStorefront(tx, deps, id));
    atHand.set(id, known);
    return known;
  };
}

function storefrontUnknown(): Failure {
  return fail('storefront-unknown', 'You have no such storefront.', 'Look at the list of your storefronts.');
}
