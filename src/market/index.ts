export {
  areasAround,
  BUCKET_DAYS,
  type BudgetBand,
  type BuyerKind,
  bandOf,
  bucketOf,
  type Candidate,
  type CellSource,
  candidateCells,
  cellId,
  countSteps,
  LOSS,
  parseCellId,
  stepOf,
  TIME_BUCKETS,
  type TimeBucket,
  widerBand,
} from './cells.ts';
export { type MarketDeps, metBy } from './deps.ts';
export { amountInWords, describeCell } from './describe-cell.ts';
export { dropEntry as forgetMarket, findMarket, type KnownMarket, marketsOf } from './directory.ts';
export * from './documents.ts';
export { ensureMarket, type NewMarket } from './ensure-market.ts';
export { enterSampleCasts, type SampleCast } from './enter-casts.ts';
export { type Entered, enterListings } from './enter-listings.ts';
export { enterSampleOutcomes, type SampleOutcome } from './enter-outcomes.ts';
export { epochOf, nextEpochAt } from './epochs.ts';
export { handlers } from './handlers.ts';
export { keepMarkets, type MarketKeeper, startMarketKeeper } from './keep-markets.ts';
export { LISTING_PROBLEMS, type ListingProblem, listingProblem, marketFee } from './listing-rules.ts';
export * from './model.ts';
export { operations } from './operations.ts';
export * from './parts.ts';
export { publishTable } from './publish-table.ts';
export { enterStorefront } from './receive-storefront.ts';
export { copyWire, getSelf, getStorefront, type Self, signaturesText, wireJson } from './store.ts';
