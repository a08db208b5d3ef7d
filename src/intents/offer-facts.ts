import type { Amount } from '../kernel/amount.ts';
import type { Instant } from '../kernel/clock.ts';
import { ok, type Result } from '../kernel/result.ts';
import {
  type Answer,
  type Ask,
  type BuyerKind,
  type Delivery,
  type Fee,
  type Listing,
  type Mode,
  type PlaceRef,
  type Reach,
  readAnswer,
  readListing,
  type StorefrontRef,
  type Take,
} from '../market/index.ts';
import { malformed, type SignedDocument } from '../records/index.ts';

export type OfferKind = 'listing' | 'answer';

/** What a listing or an answer by hand says, whichever it is. What it does not say is absent. */
export interface OfferFacts {
  readonly kind: OfferKind;
  /** The vendor's own name for the cast that an answer is for. */
  readonly alias?: string;
  readonly storefront: StorefrontRef;
  readonly title: string;
  readonly how: Mode;
  readonly what?: { readonly kind: 'goods' | 'service'; readonly category: string };
  readonly attributes?: Readonly<Record<string, string>>;
  /** Pieces or jobs that it holds for; a listing holds while stock lasts. */
  readonly pieces?: number;
  /** Of one piece or job. */
  readonly price: Amount;
  readonly fees: readonly Fee[];
  readonly takes: readonly Take[];
  readonly place?: PlaceRef;
  readonly reach?: Reach;
  readonly delivery: Delivery;
  /** Roster entries that the vendor accepts. */
  readonly terms: readonly string[];
  readonly minBudget?: Amount;
  readonly buyers?: readonly BuyerKind[];
  readonly asks: readonly Ask[];
  readonly note?: string;
  readonly until: Instant;
}

export interface ReadOffer {
  readonly id: string;
  readonly document: SignedDocument;
  readonly facts: OfferFacts;
}

/**
 * Reads and verifies a listing or an answer that came from outside. Refuses with `record-malformed` what is not signed
 * by the storefront's key, or whose total nobody could say because its fees stand in other units.
 */
export function readOffer(kind: OfferKind, wire: unknown): Result<ReadOffer> {
  if (kind === 'listing') {
    const read = readListing(wire);
    return read.ok ? checked(read.value, factsOfListing(read.value.value)) : read;
  }
  const read = readAnswer(wire);
  return read.ok ? checked(read.value, factsOfAnswer(read.value.value)) : read;
}

function checked(read: Pick<ReadOffer, 'id' | 'document'>, facts: OfferFacts): Result<ReadOffer> {
  const { price, fees } = facts;
  if ([price, ...facts.takes, ...fees.map((fee) => fee.amount)].some((it) => it.value.startsWith('-'))) {
    return malformed('an amount is less than nothing');
  }
  if (fees.some((fee) => fee.amount.unit !== price.unit)) return malformed('its fees are in another unit');
  return ok({ id: read.id, document: read.document, facts });
}

export function factsOfListing(listing: Listing): OfferFacts {
  const { storefront, title, price, fees, place, reach, delivery, terms, until, attributes, demands } =
    listing;
  return {
    kind: 'listing',
    storefront,
    title,
    how: listing.mode,
    what: { kind: listing.kind, category: listing.category },
    attributes,
    price,
    fees,
    takes: listing.takes ?? [],
    place,
    reach,
    delivery,
    terms,
    ...(demands.minBudget && { minBudget: demands.minBudget }),
    ...(demands.buyers && { buyers: demands.buyers }),
    asks: demands.asks,
    until,
  };
}

export function factsOfAnswer(answer: Answer): OfferFacts {
  const { storefront, title, price, fees, place, delivery, terms, asks, note, until } = answer;
  return {
    kind: 'answer',
    alias: answer.alias,
    storefront,
    title,
    how: 'by-hand',
    pieces: answer.quantity ?? 1,
    price,
    fees,
    takes: [],
    ...(place && { place }),
    delivery,
    terms,
    asks,
    ...(note !== '' && { note }),
    until,
  };
}
