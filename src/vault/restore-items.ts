import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { restore } from './restore-item.ts';

/** Takes items out of the trash. Each that has left it, or never was, is told with `item-unknown`. */
export async function restoreItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, (tx) => actOnEach(input.ids, (item) => restore(tx, deps, item)));
}
