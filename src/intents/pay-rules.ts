import { AMOUNT_MAX, type Amount, isCurrency } from '../kernel/amount.ts';
import { amountInWords } from '../kernel/amount-words.ts';
import type { Take } from '../market/index.ts';
import type { IntentFields } from './model.ts';
import type { OfferFacts } from './offer-facts.ts';

/** What the want says about giving something in return. */
export type Purse = Pick<IntentFields, 'budget' | 'give' | 'quantity'>;

interface Cost {
  /** What the buyer would give in all: the price of all pieces and the fees that the buyer pays; or a barter. */
  readonly total: Amount;
  /** Why the want cannot pay it, in words; undefined when it can. */
  readonly misfit?: string;
}

/**
 * The total and whether the want can pay it: within the budget in the same unit, or by what the vendor takes
 * instead and the buyer gives. Units are never converted. Fees stand in the unit of the price (the reader of offers
 * refuses others).
 */
export function costOf(purse: Purse, offer: OfferFacts): Cost {
  const total = totalOf(offer, purse.quantity);
  const max = purse.budget?.max;
  if (max === undefined && purse.give === undefined) return { total };
  if (max !== undefined && max.unit === total.unit && BigInt(total.value) <= BigInt(max.value))
    return { total };
  const barter = barterOf(purse, offer);
  if (barter) return barter;
  return { total, misfit: whyNot(purse, offer, total) };
}

/** Price of all pieces and the fees the buyer pays, in the unit of the price; the largest amount when it is beyond. */
function totalOf(offer: Pick<OfferFacts, 'price' | 'fees'>, quantity: number): Amount {
  return atMost(offer.price.unit, BigInt(offer.price.value) * BigInt(quantity) + buyerFees(offer));
}

function atMost(unit: string, value: bigint): Amount {
  return { unit, value: (value > AMOUNT_MAX ? AMOUNT_MAX : value).toString() };
}

function buyerFees(offer: Pick<OfferFacts, 'fees'>): bigint {
  return offer.fees.reduce((sum, fee) => (fee.payer === 'buyer' ? sum + BigInt(fee.amount.value) : sum), 0n);
}

/**
 * The barter that both could make: enough of it, and of the kind that is taken. One that costs a fee in money on top is
 * none, since an agreement names one amount.
 */
function barterOf(purse: Purse, offer: OfferFacts): Cost | undefined {
  if (buyerFees(offer) > 0n) return undefined;
  const priced: Take[] = isCurrency(offer.price.unit) ? [] : [{ ...offer.price, what: '' }];
  for (const give of givesOf(purse)) {
    for (const take of [...offer.takes, ...priced]) {
      const total = { unit: take.unit, value: (BigInt(take.value) * BigInt(purse.quantity)).toString() };
      const isEnough = take.unit === give.unit && BigInt(total.value) <= BigInt(give.value);
      if (isEnough && isKindTaken(give.what, take.what)) return { total };
    }
  }
  return undefined;
}

/** What could be given instead of money; a budget in hours is hours of any kind. */
function givesOf({ budget, give }: Pick<Purse, 'budget' | 'give'>): Take[] {
  const max = budget?.max;
  return [...(give ? [give] : []), ...(max && !isCurrency(max.unit) ? [{ ...max, what: '' }] : [])];
}

/** What the buyer gives for a total that is not money, in words; undefined when they pay. */
export function givesInsteadOf(
  purse: Pick<Purse, 'budget' | 'give'>,
  offer: Pick<OfferFacts, 'takes'>,
  total: Amount,
): string | undefined {
  if (isCurrency(total.unit)) return undefined;
  const mine = givesOf(purse).find((give) => give.unit === total.unit && give.what !== '')?.what;
  const theirs = offer.takes.filter((take) => take.unit === total.unit).map((take) => take.what);
  if (mine === undefined) return theirs[0] ?? amountInWords(total);
  if (theirs.length === 0) return isNamedAs(mine, '') ? mine : amountInWords(total);
  const meant = theirs.find((what) => isKindTaken(mine, what)) ?? theirs[0] ?? '';
  return isNamedAs(mine, meant) ? mine : meant;
}

/** A few plain words, with no figures and no clauses in which something else could be promised. */
const FEW_WORDS = /^[\p{L}\p{M}'’-]+( [\p{L}\p{M}'’-]+){0,5}$/u;

/** Whether an agreement may call what is given so: in the vendor's own words, or in a few that name a kind they take. */
export function isNamedAs(given: string, taken: string): boolean {
  return (given === taken && taken !== '') || (FEW_WORDS.test(given) && isKindTaken(given, taken));
}

/** Words that leave open what is meant: "two hours of my time", "a good turn of your choice". */
const OPEN_WORDS = new Set(
  (
    'the and for with some something thing one two three hour minute time day week favour favor turn good deed ' +
    'hand work service return back you your mine own kind any anything whatever choice from'
  ).split(' '),
);
const OPEN_TO_ALL = ['any', 'anything', 'whatever', 'choice'];

/**
 * Whether what is given is of a kind that is taken: both name it by a common word, or one of them leaves it open. Whoever
 * takes garden work is not held to language lessons.
 */
export function isKindTaken(given: string, taken: string): boolean {
  const [mine, theirs] = [wordsOf(given), wordsOf(taken)];
  const specific = theirs.filter((word) => !OPEN_WORDS.has(word));
  const offered = mine.filter((word) => !OPEN_WORDS.has(word));
  const isOpen =
    theirs.some((word) => OPEN_TO_ALL.includes(word)) || specific.length === 0 || offered.length === 0;
  return isOpen || specific.some((word) => offered.includes(word));
}

function wordsOf(text: string): string[] {
  const found =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}{3,}/gu) ?? [];
  return found.map((word) => word.replace(/s$/u, ''));
}

function whyNot(purse: Purse, offer: OfferFacts, total: Amount): string {
  const max = purse.budget?.max;
  if (max && max.unit === total.unit) {
    const over = { unit: max.unit, value: (BigInt(total.value) - BigInt(max.value)).toString() };
    return `${amountInWords(total)} in all is ${amountInWords(over)} more than you said.`;
  }
  const fee = { unit: total.unit, value: buyerFees(offer).toString() };
  const onTop = fee.value === '0' ? '' : ` and ${amountInWords(fee)} of fees`;
  const asked = offer.takes.map((take) => `${amountInWords(take)} of ${take.what}${onTop}`);
  const wanted = [amountInWords(total), ...asked].join(', or ');
  const mine = [
    ...(max ? [amountInWords(max)] : []),
    ...(purse.give ? [`${amountInWords(purse.give)} of ${purse.give.what}`] : []),
  ].join(' or ');
  return `They ask ${wanted}; you said ${mine}.`;
}
