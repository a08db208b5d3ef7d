import type { Envelope, InboxHandler } from '../delivery/index.ts';
import { ok, type Result } from '../kernel/result.ts';
import {
  listingOfWithdrawal,
  marketLimits,
  readListing,
  readWithdrawal,
  type StorefrontRef,
} from '../market/index.ts';
import { isObject, keyOf, malformed } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import type { IntentDeps } from './deps.ts';
import { findOfferOn, setOfferState } from './offer-store.ts';
import { readKeptOffer } from './read-kept-offer.ts';
import { castOf, isMarketOfCast } from './receive-quotes.ts';
import { isHeldAt, type OfferRow } from './tables.ts';

/**
 * Listings that were quoted to one of my casts are not in force any more. Only their vendor's own word counts: a signed
 * withdrawal, or a signed listing in their place. Anything else in the message is passed over.
 */
async function receiveEnded(tx: Tx, deps: IntentDeps, envelope: Envelope): Promise<Result<unknown>> {
  const cast = await castOf(tx, envelope);
  if (!cast.ok) return cast;
  const { ended } = envelope.body;
  if (!Array.isArray(ended) || ended.length > marketLimits.listingsPerEnvelope)
    return malformed('it names no listings');
  for (const proof of ended) {
    const said = isObject(proof) ? readProof(proof) : undefined;
    const row = said && (await findOfferOn(tx, cast.value.intent, said.listing));
    if (!said || row?.state !== 'open') continue;
    const { facts } = await readKeptOffer(tx, tx.home, row);
    const isKept = said.isReplaced && isHeldAt(row, deps.clock.now());
    if (!isKept && said.isSignedBy(facts.storefront)) await setOfferState(tx, row.id, 'withdrawn');
  }
  return ok(true);
}

interface Proof {
  readonly listing: OfferRow['document'];
  /** Another listing stands in its place; what is set aside stays so all the same. */
  readonly isReplaced: boolean;
  isSignedBy(vendor: StorefrontRef): boolean;
}

function readProof(proof: Record<string, unknown>): Proof | undefined {
  if (proof.withdrawal !== undefined) {
    const listing = listingOfWithdrawal(proof.withdrawal);
    if (listing === undefined) return undefined;
    const isSignedBy = ({ id, key }: StorefrontRef): boolean => {
      const publicKey = keyOf(key);
      const read = publicKey && readWithdrawal(proof.withdrawal, publicKey);
      return read?.ok === true && read.value.value.storefront === id;
    };
    return { listing, isReplaced: false, isSignedBy };
  }
  const read = readListing(proof.listing);
  if (!read.ok || read.value.value.replaces === undefined) return undefined;
  const { replaces, storefront } = read.value.value;
  const isSignedBy = ({ id, key }: StorefrontRef): boolean => storefront.id === id && storefront.key === key;
  return { listing: replaces, isReplaced: true, isSignedBy };
}

export const endedHandler: InboxHandler<IntentDeps> = {
  type: 'quotes-ended',
  isSpeaker: isMarketOfCast,
  receive: receiveEnded,
};
