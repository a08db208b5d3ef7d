import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { putAside } from './decline-offer.ts';

/** Puts offers aside, each as one alone is. Each that cannot be is told with `offer-unknown`, `offer-not-open`. */
export async function declineOffers(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, (tx) =>
    actOnEach(input.ids, (offer) => putAside(tx, deps, offer)),
  );
}
