import { unsentSigners } from '../delivery/index.ts';
import { storefrontOfIdentity, tellMarketMoved } from '../desk/index.ts';
import { announceLater } from '../grants/index.ts';
import type { Instant } from '../kernel/clock.ts';
import { LIMITS } from '../kernel/limits.ts';
import { counterpartOf, getCounterpart, type Renewed } from '../parties/index.ts';
import { relationshipsOf, tellChange } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';

/**
 * Every identity tells whoever knows it, each for itself and at an hour of its own: the other side of a relationship, the
 * market of a storefront. Two that only compare when they were told find no minute that they share; until then the old
 * node sends on. Where something waits to be said it is told at once. Answers how many are told.
 */
export async function tellOthers(
  tx: Tx,
  deps: MovingDeps,
  renewed: readonly Renewed[],
  isAtOnce: boolean,
): Promise<number> {
  const now = deps.clock.now();
  const unsent = await unsentSigners(tx);
  let told = 0;
  for (const { id, change } of renewed) {
    const at = isAtOnce || unsent.has(`identity/${id}`) ? now : anHour(deps);
    for (const { id: rel, theirs } of await relationshipsOf(tx, id)) {
      const other = theirs === null ? undefined : await getCounterpart(tx, tx.home, theirs);
      if (!other) continue;
      await tellChange(tx, deps, id, counterpartOf(other), change, at);
      await announceLater(tx, rel, at);
      told++;
    }
    const storefront = await storefrontOfIdentity(tx, id);
    if (!storefront) continue;
    await tellMarketMoved(tx, deps, storefront, change, at);
    told++;
  }
  return told;
}

function anHour({ clock, random }: Pick<MovingDeps, 'clock' | 'random'>): Instant {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return clock.now() + Math.floor(((a * 2 ** 16 + b * 2 ** 8 + c) / 2 ** 24) * LIMITS.toldOfMoveMs);
}
