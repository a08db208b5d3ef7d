import type { HomeId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { Answer, Listing } from '../market/index.ts';
import { getDocument, readDocument, type SignedDocument } from '../records/index.ts';
import type { View } from '../storage/index.ts';
import { factsOfAnswer, factsOfListing, type OfferFacts } from './offer-facts.ts';
import type { OfferRow } from './tables.ts';

export interface KeptOffer {
  readonly row: OfferRow;
  readonly document: SignedDocument;
  readonly facts: OfferFacts;
}

/** An offer from the document that was verified when it came in. */
export async function readKeptOffer(view: View, home: HomeId, row: OfferRow): Promise<KeptOffer> {
  const document = await getDocument(view, home, row.document);
  assert(document, 'an offer keeps its document');
  const read = readDocument(document, row.kind, 1);
  assert(read.ok, 'a kept offer is well formed');
  const facts =
    row.kind === 'listing'
      ? factsOfListing(Listing.parse(read.value))
      : factsOfAnswer(Answer.parse(read.value));
  return { row, document, facts };
}
