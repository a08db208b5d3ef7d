import type { Listing } from '../market/index.ts';
import type { IntentFields } from './model.ts';
import { factsOfListing, type OfferFacts } from './offer-facts.ts';

export const TRUMPETS = 'ae-2-8-3-5-3';
export const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
export const ANTWERP = {
  id: '2803138',
  label: 'Antwerp',
  country: 'BE',
  latE6: 51_220_470,
  lonE6: 4_400_260,
};

export const eur = (value: number | bigint) => ({ unit: 'EUR', value: String(value) });

/** A want for a used trumpet near Ghent, with these changes. */
export function wantFields(changes: Partial<IntentFields> = {}): IntentFields {
  return {
    kind: 'goods',
    category: TRUMPETS,
    place: GHENT,
    budget: { max: eur(30_000) },
    quantity: 1,
    attributes: {},
    words: 'a used trumpet for a beginner near Ghent, under 300 euro',
    requiredTerms: ['SD-BASE'],
    ...changes,
  };
}

/** A listing of a trumpet in Antwerp that is posted within the country, with these changes. */
export function listing(changes: Partial<Listing> = {}): Listing {
  return {
    storefront: {
      id: 'storefront-1',
      name: 'Brass & Co',
      key: 'A'.repeat(43),
      address: { host: 'here', inbox: 'inbox-1' },
    },
    number: 'T-1',
    title: 'Student trumpet',
    category: TRUMPETS,
    kind: 'goods',
    price: eur(20_000),
    fees: [],
    mode: 'first-come',
    place: ANTWERP,
    reach: { level: 'country' },
    attributes: {},
    terms: ['SD-BASE'],
    demands: { asks: [] },
    delivery: { how: 'post', days: 3 },
    until: Number.MAX_SAFE_INTEGER,
    salt: 'A'.repeat(22),
    ...changes,
  };
}

export function offerFacts(changes: Partial<Listing> = {}): OfferFacts {
  return factsOfListing(listing(changes));
}

export const DAY_MS = 86_400_000;
