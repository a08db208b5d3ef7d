import type { JobDeps } from '../jobs/index.ts';
import type { MarketDeps } from '../market/index.ts';

/** What this room needs: the names that listings are checked against, and long work for imports. */
export type DeskDeps = MarketDeps & JobDeps;
