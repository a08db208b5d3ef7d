import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { drop } from './drop-delivery.ts';

/** Gives up on them for good. Each that stays is told with `delivery-needed`, `delivery-not-stuck`. */
export function dropDeliveries(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, (tx) =>
    actOnEach(input.ids, (delivery) => drop(tx, deps, delivery)),
  );
}
