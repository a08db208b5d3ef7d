import { z } from 'zod';
import type { HomeId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { partyView } from '../parties/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { RULES } from './due.ts';
import { Rule } from './model.ts';
import { ruleToLookAt, seenHash, wouldGive } from './preview.ts';
import { dropWaiting, getRuleRow, neverOf, ruleView, updateRule } from './store.ts';

export const SwitchRule = z.object({
  rule: id,
  on: z.boolean(),
  seen: id.optional().describe('The `seen` of the preview that was looked at; needed to switch it on.'),
});
export const SwitchedRule = Rule;

type Input = z.output<typeof SwitchRule>;

/**
 * Lets a rule act, once what it would give now has been looked at, or stops it. What it gave stays given. Fails with
 * `rule-unknown`, `rule-changed`, `recovery-unseen`.
 */
export async function switchRule(deps: BaseDeps, actor: PartyActor, input: Input): Promise<Result<Rule>> {
  const looked = input.on ? await seenNow(deps, actor.home, input) : undefined;
  if (looked && !looked.ok) return looked;
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRuleRow(tx, actor.home, input.rule);
    if (!row.ok) return row;
    if (row.value.removed_at !== null)
      return fail('rule-unknown', 'That rule was removed.', 'Bring it back first.');
    const isSame = !looked || (await isStill(tx, looked.value, row.value.content));
    if (!isSame) return changed();
    const now = deps.clock.now();
    const state = { is_on: input.on, why_off: null, looked_at: null, changed_at: now };
    await updateRule(tx, input.rule, state);
    if (input.on) tx.wake(RULES);
    else await dropWaiting(tx, { rule: input.rule });
    return ok(ruleView({ ...row.value, ...state }));
  });
}

interface Seen {
  readonly content: string;
  readonly never: string;
}

/** Whether what was looked at is what the rule would give now. */
async function seenNow(deps: BaseDeps, home: HomeId, { rule, seen }: Input): Promise<Result<Seen>> {
  return deps.storage.read(async (view) => {
    const looked = await ruleToLookAt(view, deps, home, { rule });
    if (!looked.ok) return looked;
    if ((await partyView(view, home)).recovery === 'unseen') {
      return fail(
        'recovery-unseen',
        'Before anything of yours goes out, write down your recovery code.',
        'Look at the recovery code, write it down, then switch the rule on.',
      );
    }
    const hash = seenHash(looked.value.rule, looked.value.stock);
    for await (const it of wouldGive(view, deps, home, looked.value, '')) hash.add(it);
    if (hash.end() !== seen) return changed();
    const row = await getRuleRow(view, home, rule);
    return row.ok
      ? ok({ content: row.value.content, never: JSON.stringify(await neverOf(view, home)) })
      : row;
  });
}

async function isStill(tx: Tx, seen: Seen, content: string): Promise<boolean> {
  return seen.content === content && seen.never === JSON.stringify(await neverOf(tx, tx.home));
}

function changed() {
  return fail(
    'rule-changed',
    'What this rule would give is not what you looked at. It was not switched on.',
    'Look at what it would give now, then switch it on.',
  );
}
