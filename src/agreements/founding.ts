import { ACQUAINTANCE, Acquaintance, acquaintanceRow, signedByKey } from '../invitations/index.ts';
import type { Instant } from '../kernel/clock.ts';
import { ok, type Result } from '../kernel/result.ts';
import { malformed, readClaim, type SignedDocument } from '../records/index.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import { signedByBoth } from './documents.ts';
import { Agreement } from './model.ts';

/** The type of envelope that carries what a relationship stands on to a side that has lost it. */
export const FOUNDING_TOLD = 'founding-told';

/** Who stands on one side of what both signed: the name by which it is known there, and the key that signed. */
interface Signer {
  readonly name: string;
  readonly key: string;
}

/** What a relationship stands on, with both signatures, whichever kind it is. */
export interface Founding {
  readonly id: string;
  readonly document: SignedDocument;
  readonly rel: string;
  /** The agreement when it is a deal; a seller signs as its storefront, everybody else as the identity of the relationship. */
  readonly deal: Agreement | undefined;
  /** The offer, or the invitation, that it answers. */
  readonly cited: string;
  /** In the order of their signatures. */
  readonly sides: readonly [Signer, Signer];
  /** My row of it as it is when both have signed and nothing else is known. */
  readonly row: (side: 0 | 1, mine: string, theirs: string, now: Instant) => Omit<RelationshipRow, 'home_id'>;
}

/** Reads an agreement or an acquaintance that both sides have signed. Fails with `record-malformed`. */
export function readFounding(wire: unknown): Result<Founding> {
  const deal = readClaim(wire, 'agreement', Agreement);
  if (deal.ok) return foundingOfDeal(deal.value.id, deal.value.value, deal.value.document);
  const known = readClaim(wire, ACQUAINTANCE, Acquaintance);
  return known.ok ? foundingOfTwo(known.value.id, known.value.value, known.value.document) : known;
}

function foundingOfDeal(id: string, deal: Agreement, document: SignedDocument): Result<Founding> {
  const { buyer, seller } = deal;
  if (!signedByBoth(document, buyer.key, seller.key)) return malformed('a signature is missing');
  return ok({
    ...{ id, document, rel: deal.rel, deal, cited: deal.offer },
    sides: [
      { name: buyer.identity, key: buyer.key },
      { name: seller.storefront, key: seller.key },
    ],
    row: (side, mine, theirs, now) => dealRow(id, deal, side, mine, theirs, now),
  });
}

function dealRow(
  agreement: string,
  deal: Agreement,
  side: 0 | 1,
  mine: string,
  theirs: string,
  now: Instant,
): Omit<RelationshipRow, 'home_id'> {
  const isBuyer = side === 0;
  return {
    ...{ id: deal.rel, side: isBuyer ? ('buyer' as const) : ('seller' as const), state: 'active' },
    name: isBuyer ? deal.seller.name : `Buyer ${deal.rel.slice(0, 4)}`,
    ...{ is_sample: false, mine, theirs, offer: deal.offer, title: deal.title, agreement },
    ...{ storefront: deal.seller.storefront, intent: null, refusal: null, paused_by: null },
    ...{ since_at: now, last_at: now, unread: 1 },
    expectations: isBuyer ? deal.expectations : '',
    review_day: deal.reviewDay,
    their_expectations: isBuyer ? '' : deal.expectations,
    ...{ ended_by: null, reconciling_at: null },
  };
}

function foundingOfTwo(id: string, known: Acquaintance, document: SignedDocument): Result<Founding> {
  const { invited, inviter } = known;
  const isBoth = signedByKey(document, invited.key) && signedByKey(document, inviter.key);
  if (!isBoth || document.signatures.length !== 2) return malformed('a signature is missing');
  return ok({
    ...{ id, document, rel: known.rel, deal: undefined, cited: known.invitation },
    sides: [
      { name: invited.identity, key: invited.key },
      { name: inviter.identity, key: inviter.key },
    ],
    row: (side, mine, theirs, now) => ({
      ...acquaintanceRow(known, id, side === 0 ? 'invited' : 'inviter', now),
      ...{ state: 'active', mine, theirs },
    }),
  });
}
