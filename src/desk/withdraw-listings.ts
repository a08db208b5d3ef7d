import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { takeBack } from './withdraw-listing.ts';

/** Takes listings back. Each that cannot be is told with `listing-unknown`, `listing-withdrawn`, `party-paused`. */
export async function withdrawListings(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const { not } = await takeBack(tx, deps, input.ids);
    return actOnEach(input.ids, async (listing) => not.get(listing));
  });
}
