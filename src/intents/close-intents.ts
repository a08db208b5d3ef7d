import type { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { closeOne } from './close-intent.ts';
import type { IntentDeps } from './deps.ts';

/** Ends wants. Each that cannot be is told with `intent-unknown`, `intent-not-open`, `party-paused`. */
export async function closeIntents(
  deps: IntentDeps,
  actor: PartyActor,
  input: z.output<typeof Many>,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, (tx) =>
    actOnEach(input.ids, (intent) => closeOne(tx, deps, intent)),
  );
}
