import { marketLimits, type PlaceRef } from '../market/index.ts';
import { continentOf, distanceKm } from '../places/index.ts';
import type { IntentFields, IntentPlace } from './model.ts';
import type { OfferFacts } from './offer-facts.ts';

/** How far "near" is when a want names a place and no distance. */
export const NEAR_KM = 50;

interface ReachFinding {
  readonly misfits: readonly string[];
  readonly unsaid: readonly string[];
  /** Between the two places, whole kilometres; undefined when one of them is not known. */
  readonly distanceKm?: number;
}

/**
 * Whether the two come together. What I fetch has to be within my distance; what is brought, sent or done at my place
 * has to be within theirs; what happens online is near everybody.
 */
export function reachOf(fields: Pick<IntentFields, 'place' | 'radiusKm'>, offer: OfferFacts): ReachFinding {
  const mine = fields.place;
  const theirs = offer.place;
  const km = mine && theirs ? Math.round(distanceKm(mine, theirs)) : undefined;
  const distance = km === undefined ? {} : { distanceKm: km };
  if (offer.delivery.how === 'online') return { misfits: [], unsaid: [], ...distance };
  const finding = offer.delivery.how === 'pickup' ? fetched(fields, theirs, km) : brought(mine, offer, km);
  return { misfits: [], unsaid: [], ...finding, ...distance };
}

type Finding = Partial<Pick<ReachFinding, 'misfits' | 'unsaid'>>;

function fetched(
  fields: Pick<IntentFields, 'place' | 'radiusKm'>,
  theirs: PlaceRef | undefined,
  km: number | undefined,
): Finding {
  if (!theirs) return { unsaid: ['It has to be fetched, and they do not say where.'] };
  if (km === undefined) return { misfits: [`It has to be fetched in ${theirs.label}; you named no place.`] };
  const most = fields.radiusKm ?? NEAR_KM;
  if (km <= most) return {};
  const limit = fields.radiusKm === undefined ? `more than ${NEAR_KM} km` : `you said within ${most} km`;
  return { misfits: [`It has to be fetched in ${theirs.label}, ${km} km away: ${limit}.`] };
}

function brought(mine: IntentPlace | undefined, offer: OfferFacts, km: number | undefined): Finding {
  const { reach, place } = offer;
  if (!reach || !place || reach.level === 'world') return {};
  if (reach.level === 'local') {
    const most = reach.km ?? marketLimits.localKm;
    if (km === undefined) return { misfits: [`They serve ${place.label} and around; you named no place.`] };
    return km <= most
      ? {}
      : { misfits: [`They serve up to ${most} km around ${place.label}; you are ${km} km away.`] };
  }
  const where = reach.level === 'country' ? place.country : continentOf(place.country);
  if (!mine)
    return {
      unsaid: [`They serve ${reach.level === 'country' ? 'their country' : 'their continent'} only.`],
    };
  const here = reach.level === 'country' ? mine.country : continentOf(mine.country);
  return here === where
    ? {}
    : { misfits: [`They do not serve ${reach.level === 'country' ? 'your country' : 'your continent'}.`] };
}
