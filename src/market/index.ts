export { learnMarkets, marketDocuments } from './add-market.ts';
export { settlers } from './ask-holds.ts';
export {
  areasAround,
  BUCKET_DAYS,
  type BuyerKind,
  bandOf,
  type Candidate,
  type CellSource,
  candidateCells,
  cellId,
  parseCellId,
  type TimeBucket,
} from './cells.ts';
export type { MarketDeps } from './deps.ts';
export { describeCell } from './describe-cell.ts';
export {
  dropEntry as forgetMarket,
  dropRemote,
  findMarket,
  type KnownMarket,
  marketsOf,
} from './directory.ts';
export * from './documents.ts';
export { ensureMarket, type NewMarket } from './ensure-market.ts';
export { enterSampleCasts } from './enter-casts.ts';
export { enterListings } from './enter-listings.ts';
export { enterSampleOutcomes, type SampleOutcome } from './enter-outcomes.ts';
export { epochOf } from './epochs.ts';
export { handlers } from './handlers.ts';
export { startMarketKeeper } from './keep-markets.ts';
export { type ListingChecker, listingChecker } from './listing-checker.ts';
export { LISTING_PROBLEMS, type ListingProblem, listingProblem, marketFee } from './listing-rules.ts';
export * from './model.ts';
export { operations, reading as readingOperations } from './operations.ts';
export * from './parts.ts';
export { publicMarkets } from './public-markets.ts';
export { publishTable } from './publish-table.ts';
export { Whereabouts, whereabouts } from './reached.ts';
export { enterStorefront } from './receive-storefront.ts';
export { copyWire, getSelf, getStorefront, signaturesText, wireJson } from './store.ts';
