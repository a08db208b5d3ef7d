import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { id, text } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { type Settled, settle } from './settle.ts';

export const FulfilCommitment = z.object({ commitment: id, note: text.default('') });

/** Says that I have done what I promised; the other side confirms it. */
export function fulfilCommitment(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof FulfilCommitment>,
): Promise<Result<z.output<typeof Settled>>> {
  return settle(deps, actor, input.commitment, 'commitment-done', { note: input.note });
}
