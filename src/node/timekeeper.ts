import { homesToSweep, sweepIntents } from '../intents/index.ts';
import { type Repeating, repeating } from '../kernel/repeating.ts';
import type { Deps } from '../operations.ts';

const LOOK_EVERY_MS = 10 * 60_000;

/** Does what the passing of time asks for: wants expire, and held ones look again. */
export function startTimekeeper(deps: Deps): Repeating {
  const sweep = async (): Promise<void> => {
    const homes = await deps.storage.read((view) => homesToSweep(view, deps.clock.now()));
    for (const home of homes) await sweepIntents(deps, home);
  };
  return repeating(deps.clock, LOOK_EVERY_MS, sweep, () => deps.log('timekeeper.stumbled'));
}
