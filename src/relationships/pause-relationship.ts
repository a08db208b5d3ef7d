import type { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { act, type WithReason } from './lifecycle.ts';
import type { RelationshipDeps } from './model.ts';

/** Stops both sides from acting until it is resumed; what is shared stays shared, and the page says so. */
export function pauseRelationship(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof WithReason>,
): Promise<Result<{ record: string }>> {
  return act(deps, actor, input.relationship, 'pause', 'relationship-paused', { why: input.why });
}
