import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { trash } from './remove-item.ts';
import { eraseOldTrash } from './store.ts';

/** Puts items into the trash, where they stay for 30 days. Each that is not there is told with `item-unknown`. */
export async function removeItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, async (tx) => {
    await eraseOldTrash(tx, deps);
    return actOnEach(input.ids, (item) => trash(tx, deps, item));
  });
}
