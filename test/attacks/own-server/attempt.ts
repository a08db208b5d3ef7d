import { short } from './looking.ts';
import type { OwnAttack, OwnAttempted } from './model.ts';
import type { World } from './world.ts';

/** Tries each of them in turn. */
export async function attemptOwn(
  world: World,
  attacks: readonly OwnAttack[],
  tell: (attempted: OwnAttempted) => void = () => {},
): Promise<OwnAttempted[]> {
  const all: OwnAttempted[] = [];
  for (const attack of attacks) {
    const began = performance.now();
    const achieved = await achievedBy(world, attack);
    const attempted = { attack, achieved, ms: performance.now() - began };
    all.push(attempted);
    tell(attempted);
  }
  return all;
}

async function achievedBy(world: World, attack: OwnAttack): Promise<string | undefined> {
  await world.set();
  world.watch.leaks();
  // Whatever a client throws is a way to stop it.
  const outcome = await attack
    .attempt(world)
    .catch((error: unknown) => ({ achieved: `it threw: ${error instanceof Error ? error.stack : error}` }));
  const leaks = world.watch.leaks();
  if (leaks.length > 0) return `the attacker sees ${leaks.join(', ')}`;
  if ('achieved' in outcome) return outcome.achieved;
  return short(outcome) === attack.expects
    ? undefined
    : `${short(outcome)} where it should be ${attack.expects}`;
}
