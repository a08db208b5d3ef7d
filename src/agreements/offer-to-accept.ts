import { type AcceptableOffer, getOffer } from '../intents/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { KnownMarket } from '../market/index.ts';
import { type AgreedTerms, agreedAbout } from '../proffers/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { conflicts, profferedTerms } from '../terms/index.ts';
import type { Deal } from './rules.ts';

const DAY_MS = 86_400_000;

/** A field the seller wants to know, with the last instant of its use if it were given now. */
export interface AskedNow {
  readonly property: string;
  readonly purpose: string;
  readonly required: boolean;
  readonly until: number;
}

/** An offer that can be accepted at this moment. */
export interface OfferToAccept extends Deal {
  readonly offer: AcceptableOffer;
  readonly market: KnownMarket;
  readonly asks: readonly AskedNow[];
  /** The terms that the agreement would be under: those of the offer, or what was negotiated about it. */
  readonly terms: string;
  readonly negotiated: AgreedTerms | undefined;
  /** What its terms do that mine forbid, in words. */
  readonly conflicts: readonly string[];
}

/** The offer while it binds; else `offer-unknown`, `offer-late` or `offer-gone` with what can be done. */
export async function offerToAccept(
  view: View,
  deps: BaseDeps,
  home: string,
  id: string,
): Promise<Result<OfferToAccept>> {
  const now = deps.clock.now();
  const found = await getOffer(view, home, id, now);
  if (!found.ok) return found;
  const offer = found.value;
  if (offer.state === 'taken')
    return fail('offer-taken', 'You accepted this already.', 'Look under Relationships.');
  if (offer.state === 'expired' || offer.until < now) {
    return fail('offer-late', 'This offer was open until a moment that has passed.', 'Choose another offer.');
  }
  if (offer.state !== 'open')
    return fail('offer-gone', 'This offer is not open any more.', 'Choose another offer.');
  if (!offer.market) {
    return fail(
      'market-unknown',
      'The market of this offer is not known here any more.',
      'Choose another offer.',
    );
  }
  const negotiated = await agreedAbout(view, home, offer.documentId, offer.storefront.id);
  const terms = negotiated?.terms ?? offer.terms;
  return ok({
    offer,
    terms,
    negotiated,
    market: offer.market,
    title: offer.title,
    quantity: offer.quantity,
    total: offer.total,
    givesInstead: offer.givesInstead,
    deliveryDays: offer.delivery.days,
    asks: offer.asks.map(({ property, purpose, required, days }) => ({
      property,
      purpose,
      required,
      until: now + days * DAY_MS,
    })),
    conflicts: conflicts((await profferedTerms(view, home)).ids, terms),
  });
}
