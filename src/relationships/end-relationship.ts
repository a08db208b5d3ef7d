import type { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { act, type WithReason } from './lifecycle.ts';
import type { RelationshipDeps } from './model.ts';

/** Ends it for both: sharing stops, both keep the records of what was agreed and of what may be kept. */
export function endRelationship(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof WithReason>,
): Promise<Result<{ record: string }>> {
  return act(deps, actor, input.relationship, 'end', 'relationship-ended', { why: input.why });
}
