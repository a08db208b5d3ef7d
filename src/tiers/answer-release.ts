import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { giveWaiting } from './act.ts';
import { getRelease, updateRelease } from './store.ts';

export const AnswerRelease = z.object({
  release: id.describe('One that waits for my word.'),
  answer: z.enum(['give', 'decline']),
});
export const ReleaseAnswered = z.object({ state: z.enum(['given', 'declined']) });

/**
 * My word on what a rule asks me: it is given now, as my data is now, or not at all. Fails with `release-unknown`,
 * `release-over`, `recovery-unseen`, and as a record of mine does.
 */
export async function answerRelease(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof AnswerRelease>,
): Promise<Result<z.output<typeof ReleaseAnswered>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRelease(tx, actor.home, input.release);
    if (row?.state !== 'waiting')
      return fail('release-unknown', 'That does not wait for your word.', 'Look at the list again.');
    if (input.answer === 'decline') {
      await updateRelease(tx, row.id, { state: 'declined', at: deps.clock.now() });
      return ok({ state: 'declined' as const });
    }
    const given = await giveWaiting(tx, deps, row);
    if (!given.ok) return given;
    return given.value
      ? ok({ state: 'given' as const })
      : fail(
          'release-over',
          'The rule would not give that any more. Nothing was given.',
          'Look at what it would give now.',
        );
  });
}
