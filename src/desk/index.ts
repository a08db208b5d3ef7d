export type { DeskDeps } from './deps.ts';
export { ListingDraft } from './model.ts';
export { openAt } from './open-storefront.ts';
export { operations } from './operations.ts';
export { handlers } from './receive-casts.ts';
export { releaseOffer, reserveOffer } from './reserve-offer.ts';
export { keepListings } from './sign-listings.ts';
export { type OwnStorefront, ownStorefront } from './storefront.ts';
export { homesWithOldCasts, sweepCasts } from './sweep-casts.ts';
