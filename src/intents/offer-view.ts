import { addDays } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import { acceptable, conflicts, findTerms } from '../terms/index.ts';
import { dayOf } from './cell-rules.ts';
import type { Offer, OfferState, Standing } from './model.ts';
import type { OfferFacts } from './offer-facts.ts';
import type { Place } from './order-rules.ts';
import type { KeptOffer } from './read-kept-offer.ts';
import { type IntentRow, isHeldAt, type OfferRow } from './tables.ts';
import { fieldsOf } from './view.ts';

/** The terms that an agreement on this offer would be under: the best it offers of those the want requires. */
export function termsOffered(facts: OfferFacts, required: readonly string[]): string {
  const best = acceptable(required, facts.terms);
  // As the vendor wrote it, which may be another name of the same terms.
  return facts.terms.find((name) => findTerms(name)?.id === best) ?? facts.terms[0] ?? '';
}

/** An offer as doors show it. `myTerms` are those I proffer; conflicts are with them. */
export function offerView(
  kept: KeptOffer,
  intent: IntentRow,
  myTerms: readonly string[],
  now: Instant,
): Offer {
  const { row, facts } = kept;
  const fields = fieldsOf(intent);
  const terms = termsOffered(facts, fields.requiredTerms);
  const until = (days: number): string => addDays(dayOf(now), days);
  return {
    id: row.id,
    intent: row.intent,
    vendor: { storefront: row.storefront, name: facts.storefront.name, isSample: intent.is_sample },
    how: facts.how === 'firm' && !isHeldAt(row, now) ? 'first-come' : facts.how,
    ...(row.hold_until !== null && isHeldAt(row, now) && { heldUntil: row.hold_until }),
    title: facts.title,
    price: facts.price,
    quantity: fields.quantity,
    fees: [...facts.fees],
    total: { unit: row.total_unit, value: row.total_amount.toString() },
    ...(row.distance_km !== null && { distanceKm: row.distance_km }),
    delivery: facts.delivery,
    until: row.until_at,
    terms: { id: terms, conflicts: conflicts(myTerms, terms) },
    standing: JSON.parse(row.standing) as Standing, // keepOffer wrote it
    fits: row.is_fit,
    misfits: JSON.parse(row.misfits) as string[], // keepOffer wrote it
    unsaid: JSON.parse(row.unsaid) as string[], // keepOffer wrote it
    asks: facts.asks.map(({ property, purpose, days, required }) => ({
      property,
      purpose,
      until: until(days),
      required,
    })),
    ...(facts.note !== undefined && { note: facts.note }),
    state: offerStateAt(row, now),
  };
}

export function offerStateAt(row: Pick<OfferRow, 'state' | 'until_at'>, now: Instant): OfferState {
  return row.state === 'open' && row.until_at <= now ? 'expired' : row.state;
}

/** All that decides where an offer stands. */
export function placeOfOffer(offer: Offer): Place {
  const { state, fits, terms, total, standing, id } = offer;
  return { isOpen: state === 'open', fits, conflicts: terms.conflicts.length, total, standing, id };
}
