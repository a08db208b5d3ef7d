import type { Amount } from '../kernel/amount.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { Answer, type Ask, Listing, type Take } from '../market/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { getHold, moveHold } from './hold-store.ts';
import { changePieces, lapseHolds } from './pieces.ts';
import { getItem, getOffer, setOfferState, updateItem } from './store.ts';
import type { OfferRow } from './tables.ts';

/** An offer of mine, as I signed it. */
interface OwnOffer {
  readonly title: string;
  readonly terms: readonly string[];
  /** The price of so many, and every fee the buyer pays. */
  readonly totalFor: (quantity: number) => Amount;
  /** Other ways to pay for the quantity that is wanted. */
  readonly takes: readonly Take[];
  /** Days in which it is delivered; undefined when the offer does not say. */
  readonly days: number | undefined;
  readonly asks: readonly Ask[];
}

interface Wanted {
  /** The id of the signed listing or answer. */
  readonly offer: string;
  /** The alias under which a cast was answered or a piece set aside; null for a listing that answers by itself. */
  readonly alias: string | null;
  readonly quantity: number;
  /** Whether what the buyer has signed says nothing that I have not offered. */
  readonly check: (own: OwnOffer) => boolean;
}

/**
 * Takes what an acceptance asks for out of the stock, one acceptance after the other, within the seller's transaction.
 * Fails with `offer-unknown`, `offer-withdrawn`, `offer-late`, `offer-gone`, `agreement-differs`; then nothing is taken.
 */
export async function reserveOffer(
  tx: Tx,
  deps: BaseDeps,
  wanted: Wanted,
): Promise<Result<{ readonly left: number }>> {
  const row = await getOffer(tx, tx.home, wanted.offer);
  if (!row) return unknown();
  const isHeld = wanted.alias !== null && (await isSetAside(tx, deps, row, wanted.alias));
  // What is set aside stays so until its date, also when another listing has taken this one's place.
  if (row.state === 'withdrawn' || (!isHeld && !(await isInForce(tx, row)))) {
    return fail('offer-withdrawn', 'The seller has taken this offer back.', 'Look at the others.');
  }
  if (row.until_at <= deps.clock.now()) {
    return fail('offer-late', 'This offer had ended before the acceptance came.', 'Look at the others.');
  }
  return row.kind === 'listing' ? reserveListing(tx, deps, row, wanted, isHeld) : takeAnswer(tx, row, wanted);
}

/** Whether nothing else stands in its place: the same under another key is no other offer. */
async function isInForce(tx: Tx, row: OfferRow): Promise<boolean> {
  if (row.state !== 're-signed') return row.state !== 'replaced';
  const item = await getItem(tx, tx.home, row.storefront, row.name);
  let later = item && (await getOffer(tx, tx.home, item.listing));
  if (later?.state !== 'open') return false;
  // The keys may have changed several times since.
  while (later) {
    const { replaces } = Listing.parse(contentOf(later));
    if (!replaces || replaces === row.id) return replaces === row.id;
    const before = await getOffer(tx, tx.home, replaces);
    later = before?.state === 're-signed' ? before : undefined;
  }
  return false;
}

/** Whether a piece of this listing is set aside under the alias at this moment. */
async function isSetAside(tx: Tx, deps: BaseDeps, row: OfferRow, alias: string): Promise<boolean> {
  const hold = await getHold(tx, tx.home, alias);
  return hold?.listing === row.id && hold.state === 'open' && hold.until_at > deps.clock.now();
}

async function reserveListing(
  tx: Tx,
  deps: BaseDeps,
  row: OfferRow,
  wanted: Wanted,
  isHeld: boolean,
): Promise<Result<{ readonly left: number }>> {
  const listing = Listing.parse(contentOf(row));
  const { alias } = wanted;
  const isOwnAlias = alias === null || (await getHold(tx, tx.home, alias))?.listing === row.id;
  if (!isOwnAlias || listing.mode === 'by-hand') return unknown();
  const takes = (listing.takes ?? []).map((take) => ({
    ...times(take, wanted.quantity),
    what: take.what,
  }));
  const { title, terms, delivery, demands } = listing;
  const own = { title, terms, takes, totalFor: totalOf(listing), days: delivery.days, asks: demands.asks };
  if (!wanted.check(own)) return differs();
  const found = await getItem(tx, tx.home, row.storefront, row.name);
  const item = found && (await lapseHolds(tx, deps, found));
  const mine = isHeld ? 1 : 0;
  if (!item || item.stock - item.held + mine < wanted.quantity) return gone();
  if (isHeld && alias !== null) await moveHold(tx, alias, 'taken');
  const left = item.stock - wanted.quantity;
  await updateItem(tx, item, { taken: item.taken + wanted.quantity });
  await changePieces(tx, deps, item, { stock: left, held: item.held - mine });
  return ok({ left });
}

/** An answer by hand is for one, unless it says for how many, and is taken once. */
async function takeAnswer(tx: Tx, row: OfferRow, wanted: Wanted): Promise<Result<{ readonly left: number }>> {
  const answer = Answer.parse(contentOf(row));
  if (wanted.alias !== answer.alias) return unknown();
  const { title, terms, delivery, asks } = answer;
  const own = { title, terms, takes: [], totalFor: totalOf(answer), days: delivery.days, asks };
  if (wanted.quantity > (answer.quantity ?? 1) || !wanted.check(own)) return differs();
  if (row.state === 'taken') return gone();
  await setOfferState(tx, [row.id], 'taken');
  return ok({ left: 0 });
}

/** Puts back what was reserved and is not needed, when the offer is still mine to give. */
export async function releaseOffer(
  tx: Tx,
  deps: BaseDeps,
  released: { readonly offer: string; readonly quantity: number },
): Promise<void> {
  const row = await getOffer(tx, tx.home, released.offer);
  if (row?.kind === 'answer' && row.state === 'taken') await setOfferState(tx, [row.id], 'open');
  const item = row?.kind === 'listing' ? await getItem(tx, tx.home, row.storefront, row.name) : undefined;
  if (!item) return;
  const back = Math.min(released.quantity, item.taken);
  await updateItem(tx, item, { taken: item.taken - back });
  await changePieces(tx, deps, item, { stock: item.stock + back });
}

function contentOf(row: OfferRow): unknown {
  return JSON.parse(Buffer.from(row.payload).toString('utf8'));
}

function totalOf(offer: Pick<Listing, 'price' | 'fees'>): OwnOffer['totalFor'] {
  const fees = offer.fees
    .filter((fee) => fee.payer === 'buyer')
    .reduce((sum, fee) => sum + BigInt(fee.amount.value), 0n);
  return (quantity) => {
    const price = times(offer.price, quantity);
    return { unit: price.unit, value: (BigInt(price.value) + fees).toString() };
  };
}

function times({ unit, value }: Amount, quantity: number): Amount {
  return { unit, value: (BigInt(value) * BigInt(quantity)).toString() };
}

function unknown(): Failure {
  return fail('offer-unknown', 'The seller knows no such offer.', 'Look at the others.');
}

function gone(): Failure {
  return fail('offer-gone', 'Somebody else was first.', 'Look at the others.');
}

function differs(): Failure {
  return fail(
    'agreement-differs',
    'The agreement says something else than the offer.',
    'Accept the offer anew.',
  );
}
