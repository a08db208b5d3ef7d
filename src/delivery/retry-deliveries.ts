import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { tryAgain } from './retry-delivery.ts';

/** Tries again now, also what was given up. Each that has arrived is told with `delivery-not-stuck`. */
export function retryDeliveries(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, (tx) =>
    actOnEach(input.ids, (delivery) => tryAgain(tx, deps, delivery)),
  );
}
