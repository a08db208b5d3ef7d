import type { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { getRelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { getItems } from '../vault/index.ts';
import { TIER_LIMITS } from './limits.ts';
import { Rule, RuleContent } from './model.ts';
import {
  dropWaiting,
  forgetRemoved,
  getRuleRow,
  insertRule,
  ruleRows,
  ruleView,
  updateRule,
} from './store.ts';

export const PutRule = RuleContent.extend({
  id: id.optional().describe('The rule that is written anew; a new one when left out.'),
});
export const PutAnswer = Rule;

const DAY_MS = 86_400_000;

/**
 * Writes a rule, or one anew. It gives nothing until it is switched on, and one that was on is off again, since nobody has
 * seen what it would give now. Fails with `rule-unknown`, `rules-full`, `item-unknown`, `relationship-unknown`, `step-beyond`.
 */
export async function putRule(
  deps: BaseDeps,
  actor: PartyActor,
  { id: known, ...content }: z.output<typeof PutRule>,
): Promise<Result<Rule>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const now = deps.clock.now();
    await forgetRemoved(tx, now - TIER_LIMITS.removedDays * DAY_MS);
    const wrong = await problemIn(tx, deps, content);
    if (wrong) return wrong;
    const text = JSON.stringify(content);
    if (known !== undefined) {
      const row = await getRuleRow(tx, tx.home, known);
      if (!row.ok) return row;
      if (row.value.removed_at !== null)
        return fail('rule-unknown', 'That rule was removed.', 'Bring it back first.');
      if (row.value.content === text) return ok(ruleView(row.value));
      const whyOff = row.value.is_on ? ('changed' as const) : row.value.why_off;
      const change = { content: text, is_on: false, changed_at: now, looked_at: null, why_off: whyOff };
      await updateRule(tx, known, change);
      await dropWaiting(tx, { rule: known });
      return ok(ruleView({ ...row.value, ...change }));
    }
    const rules = await ruleRows(tx, tx.home);
    if (rules.length >= TIER_LIMITS.rules) return rulesFull();
    // The order in which rules give is the one in which they were written.
    const made = Math.max(now, (rules.at(-1)?.made_at ?? 0) + 1);
    const row = { id: newId(deps.random), content: text, is_on: false, made_at: made, changed_at: now };
    const fresh = { ...row, removed_at: null, looked_at: null, why_off: null };
    await insertRule(tx, fresh);
    return ok(ruleView({ home_id: tx.home, ...fresh }));
  });
}

export function rulesFull(): Failure {
  return fail(
    'rules-full',
    `You have ${TIER_LIMITS.rules} rules, which are the most there can be.`,
    'Remove one that you do not need, or add a step to one you have.',
  );
}

async function problemIn(tx: Tx, deps: BaseDeps, { whom, steps }: RuleContent): Promise<Failure | undefined> {
  const items = steps.flatMap((step) => step.gives.filter((it) => it.kind === 'item').map((it) => it.value));
  const here = await getItems(tx, deps, tx.home, items);
  if (items.some((item) => !here.some((it) => it.id === item)))
    return fail('item-unknown', 'One of these items is not in your data any more.', 'Choose again.');
  for (const rel of whom.kind === 'relationships' ? whom.relationships : []) {
    const row = await getRelationshipRow(tx, tx.home, rel);
    if (!row.ok) return row;
  }
  const beyond = steps.some(
    ({ when }) => when.kind === 'kept-promises' && when.atLeast > TIER_LIMITS.promises,
  );
  return beyond
    ? fail(
        'step-beyond',
        `A step waits for ${TIER_LIMITS.promises} promises at most.`,
        'Write a smaller number.',
      )
    : undefined;
}
