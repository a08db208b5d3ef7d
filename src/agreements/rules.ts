import type { Amount } from '../kernel/amount.ts';
import { addDays, civilDateAt } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Agreement, Promised } from './model.ts';

export interface Deal {
  readonly title: string;
  readonly quantity: number;
  readonly total: Amount;
  /** What the buyer gives instead of money, in words. */
  readonly givesInstead?: string | undefined;
  readonly deliveryDays?: number | undefined;
}

/** What each side will do: the seller delivers in its days, the buyer pays or gives. `now` is the buyer's time. */
export function promisesOf(deal: Deal, now: Instant): Promised[] {
  const due = deal.deliveryDays === undefined ? null : addDays(civilDateAt(now, 'UTC'), deal.deliveryDays);
  return [
    { side: 'seller', what: deal.title, amount: { unit: 'goods', value: String(deal.quantity) }, due },
    { side: 'buyer', what: deal.givesInstead ?? 'Payment', amount: deal.total, due: null },
  ];
}

/** What a seller holds an agreement against: its own offer, as its own rows have it. */
interface OwnOffer {
  readonly title: string;
  readonly terms: readonly string[];
  /** The price of one, and every fee the buyer pays, for this quantity. */
  readonly totalFor: (quantity: number) => Amount;
  /** Other ways to pay that the offer takes. */
  readonly takes: readonly Amount[];
}

/** True when the agreement says nothing that the seller has not offered. Pure. */
export function agreesWithOffer(agreement: Agreement, offer: OwnOffer): boolean {
  const [seller, buyer, ...more] = agreement.does;
  if (!seller || !buyer || more.length > 0 || seller.side !== 'seller' || buyer.side !== 'buyer')
    return false;
  const total = offer.totalFor(agreement.quantity);
  const pays = [total, ...offer.takes].some(
    (a) => a.unit === buyer.amount.unit && isAtLeast(buyer.amount, a),
  );
  const delivers = seller.amount.unit === 'goods' && seller.amount.value === String(agreement.quantity);
  return pays && delivers && agreement.title === offer.title && offer.terms.includes(agreement.terms);
}

function isAtLeast(given: Amount, asked: Amount): boolean {
  return BigInt(given.value) >= BigInt(asked.value);
}

/** The names of required fields that none of the chosen properties meets. */
export function missingAsks(
  asks: readonly { property: string; required: boolean }[],
  chosen: readonly string[],
): string[] {
  return asks.filter((ask) => ask.required && !chosen.includes(ask.property)).map((ask) => ask.property);
}
