export type { IntentDeps } from './deps.ts';
export { endIntentsAt } from './end-intents.ts';
export { type AcceptableOffer, getOffer, markForgotten, markIntentAgreed, markOffer } from './get-offer.ts';
export { handlers } from './handlers.ts';
export { intentCounts } from './intent-counts.ts';
export { operations } from './operations.ts';
export { isNamedAs } from './pay-rules.ts';
export { homesWithFinished, sweepFinished } from './sweep-finished.ts';
export { homesToSweep, sweepIntents } from './sweep-intents.ts';
