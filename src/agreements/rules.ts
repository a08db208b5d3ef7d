import { isNamedAs } from '../intents/index.ts';
import type { Amount } from '../kernel/amount.ts';
import { isCurrency } from '../kernel/amount.ts';
import { amountInWords } from '../kernel/amount-words.ts';
import { addDays, type CivilDate, civilDateAt } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import { givesAsked, type OwnAsk } from './gives.ts';
import type { Agreement, Promised } from './model.ts';

/** How an agreement names the buyer's part when it is money. */
const PAYMENT = 'Payment';

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
    { side: 'buyer', what: deal.givesInstead ?? PAYMENT, amount: deal.total, due: null },
  ];
}

/** What a seller holds an agreement against: its own offer, as its own rows have it. */
export interface OwnOffer {
  readonly title: string;
  readonly name: string;
  /** Days in which it is delivered; undefined when the offer does not say. */
  readonly days: number | undefined;
  readonly asks: readonly OwnAsk[];
  readonly terms: readonly string[];
  /** The price of one, and every fee the buyer pays, for this quantity. */
  readonly totalFor: (quantity: number) => Amount;
  /** Other ways to pay that the offer takes, and what each is. */
  readonly takes: readonly (Amount & { readonly what: string })[];
}

/** True when the agreement says nothing that the seller has not offered. `today` is the seller's day. Pure. */
export function agreesWithOffer(agreement: Agreement, offer: OwnOffer, today: CivilDate): boolean {
  const [seller, buyer, ...more] = agreement.does;
  if (!seller || !buyer || more.length > 0 || seller.side !== 'seller' || buyer.side !== 'buyer')
    return false;
  const total = offer.totalFor(agreement.quantity);
  const delivers = seller.amount.unit === 'goods' && seller.amount.value === String(agreement.quantity);
  const names =
    agreement.title === offer.title && seller.what === offer.title && agreement.seller.name === offer.name;
  const inTime = buyer.due === null && isFair(seller.due, offer.days, today);
  return (
    isPaid(buyer, total, offer.takes) &&
    delivers &&
    names &&
    inTime &&
    offer.terms.includes(agreement.terms) &&
    givesAsked(agreement.gives, offer.asks, today)
  );
}

/** A day of grace lies between the buyer's clock and the seller's. */
function isFair(due: CivilDate | null, days: number | undefined, today: CivilDate): boolean {
  return due === null || due >= addDays(today, Math.max(0, (days ?? 0) - 1));
}

/** The buyer gives as much as is asked, and the words say no more than that. */
function isPaid(buyer: Promised, total: Amount, takes: OwnOffer['takes']): boolean {
  const { what, amount } = buyer;
  const isEnough = (asked: Amount): boolean => asked.unit === amount.unit && isAtLeast(amount, asked);
  const isMoney = isCurrency(total.unit);
  const names = isMoney ? what === PAYMENT : what === amountInWords(amount) || isNamedAs(what, '');
  return (isEnough(total) && names) || takes.some((take) => isEnough(take) && isNamedAs(what, take.what));
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

/** What has become of an offer whose acceptance was refused with this code. */
export function offerStateAfter(code: string): 'withdrawn' | 'expired' | 'gone' {
  if (code === 'offer-withdrawn') return 'withdrawn';
  return code === 'offer-late' ? 'expired' : 'gone';
}
