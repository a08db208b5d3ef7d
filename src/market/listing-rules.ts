import type { Categories } from '../categories/index.ts';
import { AMOUNT_MAX, isCurrency } from '../kernel/amount.ts';
import type { Instant } from '../kernel/clock.ts';
import { continentOf } from '../places/index.ts';
import { ROSTER } from '../terms/index.ts';
import type { ListingContent, Rules } from './model.ts';
import { type Fee, marketLimits } from './parts.ts';

const DAY_MS = 86_400_000;

/** Why a listing may not stand, each with what to do; the vendor's desk asks before it signs, the market again. */
export const LISTING_PROBLEMS = {
  'category-unknown': ['This category is not known.', 'Choose one from the list.'],
  'category-too-broad': ['This category is a whole branch.', 'Choose the category that says what it is.'],
  'kind-differs': [
    'A thing is listed under a service, or a service under a thing.',
    'Choose another category.',
  ],
  'place-unknown': ['The country of this place is not known.', 'Choose the place again.'],
  'listing-expired': ['Its last day has passed.', 'Give a later day until which it binds you.'],
  'listing-too-long': [
    'It binds for longer than a market takes.',
    `Give a day within ${marketLimits.offerDays} days.`,
  ],
  'fees-differ': ['A fee is in another unit than the price.', 'Give all of them in one unit.'],
  'fee-missing': [
    'The fee that this market’s rules name is missing.',
    'List it again; it is added by itself.',
  ],
  'terms-unknown': ['An agreement in it is none of the roster.', 'Choose terms from the roster.'],
  'amount-too-large': ['Price and fees are larger than Parley can hold.', 'Use a smaller amount.'],
} as const satisfies Record<string, readonly [string, string]>;

export type ListingProblem = keyof typeof LISTING_PROBLEMS;

const ROSTER_IDS: ReadonlySet<string> = new Set(ROSTER.map((agreement) => agreement.id));

/** All that a buyer pays for one. */
function totalOf({ price, fees }: Pick<ListingContent, 'price' | 'fees'>): bigint {
  const mine = fees.filter((fee) => fee.payer === 'buyer');
  return mine.reduce((sum, fee) => sum + BigInt(fee.amount.value), BigInt(price.value));
}

/** The first reason why a listing may not stand at a market; undefined when it may. */
export function listingProblem(
  listing: ListingContent,
  rules: Pick<Rules, 'fee'>,
  marketName: string,
  categories: Pick<Categories, 'get' | 'parent'>,
  now: Instant,
): ListingProblem | undefined {
  const category = categories.get(listing.category);
  if (!category) return 'category-unknown';
  if (categories.parent(listing.category) === undefined && !category.leaf) return 'category-too-broad';
  if (category.kind !== listing.kind) return 'kind-differs';
  if (continentOf(listing.place.country) === undefined) return 'place-unknown';
  if (listing.until <= now) return 'listing-expired';
  if (listing.until > now + marketLimits.offerDays * DAY_MS) return 'listing-too-long';
  if (listing.fees.some((fee) => fee.amount.unit !== listing.price.unit)) return 'fees-differ';
  if (listing.terms.some((id) => !ROSTER_IDS.has(id))) return 'terms-unknown';
  if (totalOf(listing) > AMOUNT_MAX) return 'amount-too-large';
  const owed = marketFee(listing.price, rules, marketName);
  if (owed && !listing.fees.some((fee) => isSameFee(fee, owed))) return 'fee-missing';
  return undefined;
}

/** What a market takes of a price in money, rounded up; undefined when that is nothing. Both sides are shown it. */
export function marketFee(
  price: { readonly unit: string; readonly value: string },
  rules: Pick<Rules, 'fee'>,
  marketName: string,
): Fee | undefined {
  if (rules.fee.perMille === 0 || !isCurrency(price.unit)) return undefined;
  const value = (BigInt(price.value) * BigInt(rules.fee.perMille) + 999n) / 1000n;
  if (value === 0n) return undefined;
  const amount = { unit: price.unit, value: value.toString() };
  return { label: 'Market fee', payer: rules.fee.payer, to: marketName, amount };
}

function isSameFee(a: Fee, b: Fee): boolean {
  return (
    a.payer === b.payer &&
    a.to === b.to &&
    a.amount.unit === b.amount.unit &&
    a.amount.value === b.amount.value
  );
}
