import { z } from 'zod';
import { dayPast, endOfDay } from '../kernel/civil.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { civilDate, id, text } from '../kernel/schema.ts';
import { act } from './lifecycle.ts';
import type { RelationshipDeps } from './model.ts';

export const WriteExpectations = z.object({
  relationship: id,
  text,
  reviewDay: civilDate.optional().describe('A day on which both look at this again.'),
});

/** What I expect, in my own words, and a day to look at it again; the other side sees it. Fails with `date-past`. */
export function writeExpectations(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof WriteExpectations>,
): Promise<Result<{ record: string }>> {
  const { reviewDay } = input;
  if (reviewDay !== undefined && endOfDay(reviewDay) <= deps.clock.now())
    return Promise.resolve(dayPast('reviewDay', reviewDay));
  const content = { words: input.text, reviewDay: input.reviewDay ?? null };
  return act(deps, actor, input.relationship, 'speak', 'expectations', content);
}
