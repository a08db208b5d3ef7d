import { type Repeating, repeating } from '../kernel/repeating.ts';
import type { MarketDeps } from './deps.ts';
import { marketsOf } from './directory.ts';
import { forgetEnded } from './forget-ended.ts';
import { isTableDue, publishTable } from './publish-table.ts';
import { reindex } from './reindex.ts';
import { homeOnThisNode } from './show-market.ts';
import { getMarketRow, getSelf } from './store.ts';

const LOOK_EVERY_MS = 15 * 60_000;

/**
 * Does for the markets of this node what time asks for: the table at the end of an epoch, forgetting the ways back to
 * casts that have ended, the index anew after a release with other categories.
 */
export function startMarketKeeper(deps: MarketDeps): Repeating {
  return repeating(
    deps.clock,
    LOOK_EVERY_MS,
    () => keepMarkets(deps),
    () => deps.log('market.stumbled'),
  );
}

/** One round over the markets of this node. */
export async function keepMarkets(deps: MarketDeps): Promise<void> {
  const markets = await deps.storage.read((view) => marketsOf(view));
  for (const market of markets) {
    const home = homeOnThisNode(deps, market);
    if (home === undefined) continue;
    await deps.storage.transact(home, async (tx) => {
      const [self, row] = [await getSelf(tx, home), await getMarketRow(tx, home)];
      if (!self || !row) return;
      if (row.categories !== deps.categories.version) await reindex(tx, deps);
      await forgetEnded(tx, deps, self);
      if (await isTableDue(tx, deps, self)) await publishTable(tx, deps, self);
    });
  }
}
