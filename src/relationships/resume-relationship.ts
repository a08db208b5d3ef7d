import type { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { act, type RelationshipId } from './lifecycle.ts';
import type { RelationshipDeps } from './model.ts';

/** Only the side that paused may resume. */
export function resumeRelationship(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof RelationshipId>,
): Promise<Result<{ record: string }>> {
  return act(deps, actor, input.relationship, 'resume', 'relationship-resumed', { why: '' });
}
