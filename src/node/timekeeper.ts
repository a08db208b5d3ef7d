import { homesWithLapsedHolds, sweepHolds } from '../desk/index.ts';
import { homesWithExpiredGrants, sweepGrants } from '../grants/index.ts';
import { homesToSweep, sweepIntents } from '../intents/index.ts';
import { type Repeating, repeating } from '../kernel/repeating.ts';
import type { Deps } from '../operations.ts';

const LOOK_EVERY_MS = 10 * 60_000;

/**
 * Does what the passing of time asks for: wants expire, held ones look again, what was given until a day is erased, what was
 * set aside is free again. */
export function startTimekeeper(deps: Deps): Repeating {
  const sweep = async (): Promise<void> => {
    const homes = await deps.storage.read((view) => homesToSweep(view, deps.clock.now()));
    for (const home of homes) await sweepIntents(deps, home);
    const givers = await deps.storage.read((view) => homesWithExpiredGrants(view, deps.clock.now()));
    for (const home of givers) await sweepGrants(deps, home);
    const holders = await deps.storage.read((view) => homesWithLapsedHolds(view, deps.clock.now()));
    for (const home of holders) await sweepHolds(deps, home);
  };
  return repeating(deps.clock, LOOK_EVERY_MS, sweep, () => deps.log('timekeeper.stumbled'));
}
