import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { setAside } from './decline-cast.ts';
import type { DeskDeps } from './deps.ts';
import { storefrontsAtHand } from './storefront.ts';

/**
 * Sets wants aside. Whoever cast them is not told. Each that cannot be is told with `cast-unknown`, `already-answered`,
 * `cast-full`, `cast-over`, `party-paused`.
 */
export async function declineCasts(
  deps: DeskDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, (tx) => {
    const storefrontOf = storefrontsAtHand(tx, deps);
    return actOnEach(input.ids, (alias) => setAside(tx, deps, alias, storefrontOf));
  });
}
