import type { Attack, Attempted } from './model.ts';
import { openWorld } from './world.ts';

/** Tries each of them in turn in one world, and closes it. */
export async function attemptAll(
  attacks: readonly Attack[],
  tell: (attempted: Attempted) => void = () => {},
): Promise<Attempted[]> {
  const world = await openWorld('attacks');
  const all: Attempted[] = [];
  try {
    for (const attack of attacks) {
      const began = performance.now();
      // An error that nobody caught is a way to stop a node.
      const achieved = await attack.attempt(world).catch((error: unknown) => `it threw: ${String(error)}`);
      const attempted = { attack, achieved, ms: performance.now() - began };
      all.push(attempted);
      tell(attempted);
    }
    return all;
  } finally {
    await world.close();
  }
}
