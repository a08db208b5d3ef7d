import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { TIER_LIMITS } from './limits.ts';
import { Rule } from './model.ts';
import { dropWaiting, getRuleRow, ruleView, updateRule } from './store.ts';

export const RemoveRule = z.object({ rule: id });
export const RemovedRule = Rule;

/**
 * Takes a rule away; for 30 days it can be brought back. It gives nothing any more, and what it gave stays given. Fails
 * with `rule-unknown`.
 */
export async function removeRule(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RemoveRule>,
): Promise<Result<Rule>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRuleRow(tx, actor.home, input.rule);
    if (!row.ok) return row;
    if (row.value.removed_at !== null)
      return fail(
        'rule-unknown',
        'That rule was removed before.',
        `It can be brought back for ${TIER_LIMITS.removedDays} days.`,
      );
    // Whether it was on stays with it for who brings it back; what is removed does not act.
    await updateRule(tx, input.rule, { removed_at: deps.clock.now() });
    await dropWaiting(tx, { rule: input.rule });
    return ok(ruleView(row.value));
  });
}
