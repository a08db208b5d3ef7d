import type { Amount } from '../kernel/amount.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type Ask, type Fee, findMarket, type KnownMarket, type StorefrontRef } from '../market/index.ts';
import { toWire, type WireDocument } from '../records/index.ts';
import type { Tx, View } from '../storage/index.ts';
import type { OfferState } from './model.ts';
import type { OfferKind } from './offer-facts.ts';
import { findOfferRow, lapseOffers, offersMadeWith, setOfferState } from './offer-store.ts';
import { termsOffered } from './offer-view.ts';
import { givesInsteadOf } from './pay-rules.ts';
import { readKeptOffer } from './read-kept-offer.ts';
import { findIntent, updateIntent } from './store.ts';
import { isHeldAt, type OfferRow } from './tables.ts';
import { fieldsOf } from './view.ts';

/** All that is needed to accept an offer. */
export interface AcceptableOffer {
  readonly id: string;
  readonly intent: string;
  readonly kind: OfferKind;
  /** As its row says; `until` decides whether it still binds. */
  readonly state: OfferState;
  readonly until: Instant;
  /** The id and the very document that the vendor signed. */
  readonly documentId: string;
  readonly document: WireDocument;
  /** The one-use name that the vendor answered, or set a piece aside for; null for a listing without either. */
  readonly alias: string | null;
  readonly storefront: StorefrontRef;
  readonly isSample: boolean;
  /** Undefined when the market is no longer known here. */
  readonly market: KnownMarket | undefined;
  readonly title: string;
  readonly quantity: number;
  /** Of one piece or job. */
  readonly price: Amount;
  readonly fees: readonly Fee[];
  /** What I would give in all. */
  readonly total: Amount;
  /** What I give instead of money, in words; undefined when I pay. */
  readonly givesInstead: string | undefined;
  readonly delivery: { readonly how: string; readonly days?: number | undefined };
  /** The terms that the agreement would be under, and all that the vendor accepts. */
  readonly terms: string;
  readonly offeredTerms: readonly string[];
  readonly asks: readonly Ask[];
  readonly fits: boolean;
}

/** An offer of mine with all that is needed to accept it; fails with `offer-unknown`. */
export async function getOffer(
  view: View,
  home: HomeId,
  id: string,
  now: Instant,
): Promise<Result<AcceptableOffer>> {
  const row = await findOfferRow(view, home, id);
  const intent = row && (await findIntent(view, home, row.intent));
  if (!row || !intent?.ok) {
    return fail('offer-unknown', 'There is no such offer.', 'Look it up under its want.');
  }
  const { facts, document } = await readKeptOffer(view, home, row);
  const fields = fieldsOf(intent.value);
  const total = { unit: row.total_unit, value: row.total_amount.toString() };
  return ok({
    id: row.id,
    intent: row.intent,
    kind: row.kind,
    state: row.state,
    until: row.until_at,
    documentId: row.document,
    document: toWire(document),
    alias: facts.alias ?? (isHeldAt(row, now) ? row.hold_alias : null),
    storefront: facts.storefront,
    isSample: intent.value.is_sample,
    market: await findMarket(view, intent.value.market),
    title: facts.title,
    quantity: fields.quantity,
    price: facts.price,
    fees: facts.fees,
    total,
    givesInstead: givesInsteadOf(fields, facts, total),
    delivery: facts.delivery,
    terms: termsOffered(facts, fields.requiredTerms),
    offeredTerms: facts.terms,
    asks: facts.asks,
    fits: row.is_fit,
  });
}

/** Notes what became of an offer of this transaction's home; nothing happens when there is no such offer. */
export async function markOffer(tx: Tx, id: string, state: OfferState): Promise<void> {
  await setOfferState(tx, id, state);
}

/**
 * Notes that a want came to an agreement; its other open offers lapse. The market is not told: a cast closed in the
 * same moment would tie it to the agreement. It runs out by its own date.
 */
export async function markIntentAgreed(tx: Tx, id: string): Promise<void> {
  await updateIntent(tx, id, { state: 'agreed', open_key: null, look_at: null });
  await lapseOffers(tx, id);
}

/**
 * Notes that an offer had been accepted before this node forgot it, so that it is not accepted twice; gives the offer
 * and its want. The one whose alias the agreement bears; else, when it answered several wants that are open, it is taken
 * for all of them, and no want ends by a guess.
 */
export async function markForgotten(
  tx: Tx,
  document: string,
  alias: string | null,
): Promise<Pick<OfferRow, 'id' | 'intent'> | undefined> {
  const rows = await offersMadeWith(tx, document);
  const meant = rows.find((it) => alias !== null && it.hold_alias === alias);
  const untaken = rows.filter((it) => it.state !== 'taken');
  const candidates = meant ? [meant] : untaken;
  for (const { id } of candidates) await markOffer(tx, id, 'taken');
  const [only, ...others] = candidates;
  if (only && others.length === 0) await markIntentAgreed(tx, only.intent);
  const row = only ?? rows[0];
  return row && { id: row.id, intent: row.intent };
}
