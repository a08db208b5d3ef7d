import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { RULES } from './due.ts';
import { TIER_LIMITS } from './limits.ts';
import { Rule } from './model.ts';
import { rulesFull } from './put-rule.ts';
import { getRuleRow, ruleRows, ruleView, updateRule } from './store.ts';

export const RestoreRule = z.object({ rule: id });
export const RestoredRule = Rule;

/** Brings back a rule that was removed, as it was: one that was on acts again. Fails with `rule-unknown`, `rules-full`. */
export async function restoreRule(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RestoreRule>,
): Promise<Result<Rule>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRuleRow(tx, actor.home, input.rule);
    if (!row.ok) return row;
    if (row.value.removed_at === null) return ok(ruleView(row.value));
    if ((await ruleRows(tx, actor.home)).length >= TIER_LIMITS.rules) return rulesFull();
    await updateRule(tx, input.rule, { removed_at: null, looked_at: null });
    if (row.value.is_on) tx.wake(RULES);
    return ok(ruleView(row.value));
  });
}
