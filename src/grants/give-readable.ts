import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { type RelationshipDeps, relationshipFor } from '../relationships/index.ts';
import { sendPlannedGrants } from './give.ts';
import { countPlanned } from './store.ts';
import { theirKey } from './their-key.ts';

export const GiveReadable = z.object({ relationship: id });
export const GivenReadable = z.object({ records: z.array(id) });

/**
 * Gives what waits to a side whose Parley has said no key, as its owner wants all the same: it lies readable on both sides,
 * and no opening of it is told. Fails with `relationship-state`, with `grant-uncounted` where all that waits is to be counted, and with `grant-state` where there is a key or nothing
 * waits any more.
 */
export async function giveReadable(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof GiveReadable>,
): Promise<Result<z.output<typeof GivenReadable>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const relationship = await relationshipFor(tx, input.relationship, 'speak');
    if (!relationship.ok) return relationship;
    if (await theirKey(tx, tx.home, input.relationship))
      return fail('grant-state', 'Their Parley takes it locked; nothing waits.', 'Nothing was changed.');
    const sent = await sendPlannedGrants(tx, deps, relationship.value, true);
    if (!sent.ok) return sent;
    if (sent.value.length === 0 && (await countPlanned(tx, input.relationship)) > 0)
      return fail(
        'grant-uncounted',
        'What waits may be opened a number of times only, and their Parley counts no openings.',
        'Take it back and share it without a number, or wait until they have a newer Parley.',
      );
    return sent.value.length > 0
      ? ok({ records: sent.value })
      : fail('grant-state', 'Nothing waits here to be given.', 'Nothing was changed.');
  });
}
