import type { View } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { entriesOf, type KnownMarket, marketsOf } from './directory.ts';
import { homeOnThisNode } from './show-market.ts';

/** The documents of the markets on this node that others may come to: all but samples. */
export async function publicMarkets(view: View, deps: MarketDeps): Promise<unknown[]> {
  const mine = (await marketsOf(view)).filter((market) => isPublic(deps, market)).map((market) => market.id);
  const entries = await entriesOf(view);
  return entries.flatMap(({ id, document }) => (id !== undefined && mine.includes(id) ? [document] : []));
}

function isPublic(deps: MarketDeps, market: KnownMarket): boolean {
  return !market.isSample && market.address.host === deps.host && homeOnThisNode(deps, market) !== undefined;
}
