import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { id, text } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { Outcome } from './model.ts';
import { type Settled, settle } from './settle.ts';

export const ConfirmCommitment = z.object({
  commitment: id,
  outcome: Outcome.default('kept').describe(
    'How it was kept; late, repaired and broken count for the standing.',
  ),
  note: text.default(''),
});

/** Says how the other side kept its promise; of one that was late or broken, once more that it was repaired. */
export function confirmCommitment(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof ConfirmCommitment>,
): Promise<Result<z.output<typeof Settled>>> {
  const { outcome, note } = input;
  return settle(deps, actor, input.commitment, 'commitment-confirmed', { note, outcome });
}
