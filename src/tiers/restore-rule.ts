import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { RULES } from './due.ts';
import { DAY_MS } from './facts-rules.ts';
import { TIER_LIMITS } from './limits.ts';
import { Rule } from './model.ts';
import { rulesFull } from './put-rule.ts';
import { getRuleRow, ruleRows, ruleView, updateRule } from './store.ts';

export const RestoreRule = z.object({ rule: id });
export const RestoredRule = Rule;

/**
 * Brings back a rule that was removed. One that was on acts again when this undoes a press of just now; later it comes back
 * off, since nobody has seen what it would give by then. Fails with `rule-unknown`, `rules-full`.
 */
export async function restoreRule(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RestoreRule>,
): Promise<Result<Rule>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRuleRow(tx, actor.home, input.rule);
    if (!row.ok) return row;
    const { removed_at: removed, is_on: wasOn } = row.value;
    if (removed === null) return ok(ruleView(row.value));
    const ago = deps.clock.now() - removed;
    if (ago > TIER_LIMITS.removedDays * DAY_MS) return gone();
    if ((await ruleRows(tx, actor.home)).length >= TIER_LIMITS.rules) return rulesFull();
    const isOn = wasOn && ago <= TIER_LIMITS.undoMs;
    await updateRule(tx, input.rule, { removed_at: null, looked_at: null, is_on: isOn });
    if (isOn) tx.wake(RULES);
    return ok(ruleView({ ...row.value, is_on: isOn }));
  });
}

function gone() {
  return fail(
    'rule-unknown',
    `That rule was removed more than ${TIER_LIMITS.removedDays} days ago.`,
    'Write it anew.',
  );
}
