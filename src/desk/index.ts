import type { InboxHandler } from '../delivery/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { castHandlers } from './receive-casts.ts';
import { holdHandlers } from './receive-holds.ts';

export type { DeskDeps } from './deps.ts';
export { ListingDraft } from './model.ts';
export { openAt } from './open-storefront.ts';
export { operations } from './operations.ts';
export { endHold } from './pieces.ts';
export { releaseOffer, reserveOffer } from './reserve-offer.ts';
export { keepListings } from './sign-listings.ts';
export { isSoldAt, storefrontOfIdentity, storefrontsOf } from './store.ts';
export const handlers: readonly InboxHandler<BaseDeps>[] = [...castHandlers, ...holdHandlers];
export { type OwnStorefront, ownStorefront } from './storefront.ts';
export { homesWithOldCasts, sweepCasts } from './sweep-casts.ts';
export { homesWithLapsedHolds, sweepHolds } from './sweep-holds.ts';
export { homesWithOldOffers, sweepOffers } from './sweep-offers.ts';
export { tellMarketMoved } from './tell-market.ts';
