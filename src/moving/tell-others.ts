import { storefrontOfIdentity, tellMarketMoved } from '../desk/index.ts';
import { counterpartOf, getCounterpart, type Renewed } from '../parties/index.ts';
import { relationshipsOf, tellChange } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';

/**
 * Every identity tells whoever knows it, each for itself: the other side of a relationship, the market of a storefront.
 * Answers how many were told.
 */
export async function tellOthers(tx: Tx, deps: MovingDeps, renewed: readonly Renewed[]): Promise<number> {
  let told = 0;
  for (const { id, change } of renewed) {
    for (const { theirs } of await relationshipsOf(tx, id)) {
      const other = theirs === null ? undefined : await getCounterpart(tx, tx.home, theirs);
      if (!other) continue;
      await tellChange(tx, deps, id, counterpartOf(other), change);
      told++;
    }
    const storefront = await storefrontOfIdentity(tx, id);
    if (!storefront) continue;
    await tellMarketMoved(tx, deps, storefront, change);
    told++;
  }
  return told;
}
