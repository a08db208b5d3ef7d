import type { MarketDeps } from '../market/index.ts';

/** What wants are understood and described with: the same names of the world that markets use. */
export type IntentDeps = MarketDeps;
