import { homesToPrune, pruneDeliveries } from '../delivery/index.ts';
import { homesWithExpiredGrants, sweepGrants } from '../grants/index.ts';
import { homesToSweep, sweepIntents } from '../intents/index.ts';
import { type Repeating, repeating } from '../kernel/repeating.ts';
import type { Deps } from '../operations.ts';

const LOOK_EVERY_MS = 10 * 60_000;

/** Does what the passing of time asks for: wants expire, held ones look again, what was given until a day is erased. */
export function startTimekeeper(deps: Deps): Repeating {
  const sweep = async (): Promise<void> => {
    const homes = await deps.storage.read((view) => homesToSweep(view, deps.clock.now()));
    for (const home of homes) await sweepIntents(deps, home);
    const givers = await deps.storage.read((view) => homesWithExpiredGrants(view, deps.clock.now()));
    for (const home of givers) await sweepGrants(deps, home);
    const full = await deps.storage.read((view) => homesToPrune(view, deps.clock.now()));
    for (const home of full) await pruneDeliveries(deps, home);
  };
  return repeating(deps.clock, LOOK_EVERY_MS, sweep, () => deps.log('timekeeper.stumbled'));
}
