import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, line, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Giving, NotGiven, RuleContent } from './model.ts';
import { ruleToLookAt, seenHash, wouldGive } from './preview.ts';
import { givingOf } from './view.ts';

export const PreviewRule = z.object({
  ...page,
  rule: id.optional().describe('A rule of mine, on or off.'),
  draft: RuleContent.optional().describe('A rule that is not saved, or how the named one would read.'),
});
export const RulePreview = z.object({
  rows: z.array(z.object({ relationship: id, with: line, gives: z.array(Giving) })),
  next: z.string().optional(),
  counts: z.object({
    relationships: z.int().describe('To whom the rule applies now.'),
    receivers: z.int().describe('Who of them would get something.'),
    fields: z.int(),
    asking: z.int().describe('How many of the fields wait for my word.'),
  }),
  notGiven: z
    .array(z.object({ reason: NotGiven.shape.reason, fields: z.int() }))
    .describe('What the steps name but would not give, and why not.'),
  seen: id.describe('Stands for all of this; switch-rule takes it.'),
});

const CURSOR = cursorOf('preview-rule', [id]);

/**
 * What a rule would give now and to whom, before it acts; also one that is not saved. Fails with `rule-unknown`,
 * `rule-missing`, `cursor-unknown`.
 */
export async function previewRule(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof PreviewRule>,
): Promise<Result<z.output<typeof RulePreview>>> {
  const place = CURSOR.read(input.after);
  if (!place.ok) return place;
  const [after = ''] = place.value ?? [];
  return deps.storage.read(async (view) => {
    const looked = await ruleToLookAt(view, deps, actor.home, input);
    if (!looked.ok) return looked;
    const hash = seenHash(looked.value.rule, looked.value.stock);
    const counts = { relationships: 0, receivers: 0, fields: 0, asking: 0 };
    const reasons = new Map<z.output<typeof NotGiven>['reason'], number>();
    const rows: z.output<typeof RulePreview>['rows'] = [];
    // Counts and hash are of all, whichever page is shown.
    for await (const it of wouldGive(view, deps, actor.home, looked.value, '')) {
      hash.add(it);
      counts.relationships++;
      for (const { reason } of it.notGiven) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (it.releases.length === 0) continue;
      counts.receivers++;
      counts.fields += it.releases.length;
      counts.asking += it.releases.filter((release) => release.isAsking).length;
      if (it.row.id > after && rows.length <= input.limit)
        rows.push({ relationship: it.row.id, with: it.row.name, gives: it.releases.map(givingOf) });
    }
    const { shown, next } = CURSOR.cut(rows, input.limit, (row) => [row.relationship]);
    const notGiven = [...reasons].map(([reason, fields]) => ({ reason, fields }));
    return ok({ rows: shown, ...next, counts, notGiven, seen: hash.end() });
  });
}
