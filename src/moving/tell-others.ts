import { hasUnsent } from '../delivery/index.ts';
import { storefrontOfIdentity, tellMarketMoved } from '../desk/index.ts';
import type { Instant } from '../kernel/clock.ts';
import { counterpartOf, getCounterpart, type Renewed } from '../parties/index.ts';
import { relationshipsOf, tellChange } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';
import { MOVE_LIMITS } from './limits.ts';

/**
 * Every identity tells whoever knows it, each for itself and at an hour of its own: the other side of a relationship, the
 * market of a storefront. Two that compare when they were told find no minute that they share; until then the old node
 * sends on. Where something waits to be said it is told at once. Answers how many are told.
 */
export async function tellOthers(tx: Tx, deps: MovingDeps, renewed: readonly Renewed[]): Promise<number> {
  let told = 0;
  for (const { id, change } of renewed) {
    for (const { theirs } of await relationshipsOf(tx, id)) {
      const other = theirs === null ? undefined : await getCounterpart(tx, tx.home, theirs);
      if (!other) continue;
      const at = (await hasUnsent(tx, id)) ? deps.clock.now() : anHour(deps);
      await tellChange(tx, deps, id, counterpartOf(other), change, at);
      told++;
    }
    const storefront = await storefrontOfIdentity(tx, id);
    if (!storefront) continue;
    const at = (await hasUnsent(tx, storefront.id)) ? deps.clock.now() : anHour(deps);
    await tellMarketMoved(tx, deps, storefront, change, at);
    told++;
  }
  return told;
}

function anHour({ clock, random }: Pick<MovingDeps, 'clock' | 'random'>): Instant {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return clock.now() + Math.floor(((a * 2 ** 16 + b * 2 ** 8 + c) / 2 ** 24) * MOVE_LIMITS.toldWithinMs);
}
