export { fetchTable } from './ask-table.ts';
export type { IntentDeps } from './deps.ts';
export { type AcceptableOffer, getOffer, markIntentAgreed, markOffer } from './get-offer.ts';
export { handlers } from './handlers.ts';
export { type IntentCounts, intentCounts, type WantWithOffers } from './intent-counts.ts';
export { IntentFields, IntentPlace, Offer, OfferState } from './model.ts';
export { operations } from './operations.ts';
export { homesToSweep, type Swept, sweepIntents } from './sweep-intents.ts';
