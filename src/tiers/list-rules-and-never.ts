import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { line } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Named, Rule } from './model.ts';
import { labelsOf } from './stock.ts';
import { neverOf, ruleRows, ruleView } from './store.ts';

const Labelled = z.object({ kind: Named.shape.kind, value: z.string(), label: line });

export const RuleList = z.object({
  rules: z.array(Rule).describe('In the order in which they give.'),
  labels: z.array(Labelled).describe('What each thing that a step names is called.'),
  never: z.array(Labelled).describe('What is never given, whatever a rule says.'),
});

/** My rules and what I never give. */
export async function listRules(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof RuleList>>> {
  return deps.storage.read(async (view) => {
    const rules = (await ruleRows(view, actor.home)).map(ruleView);
    const named = rules.flatMap((rule) => rule.steps.flatMap((step) => step.gives));
    const once = [...new Map(named.map((it) => [`${it.kind} ${it.value}`, it])).values()];
    const labels = await labelsOf(view, deps, actor.home, once);
    return ok({
      rules,
      labels,
      never: await labelsOf(view, deps, actor.home, await neverOf(view, actor.home)),
    });
  });
}
