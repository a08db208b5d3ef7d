import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { cursorOf } from '../kernel/cursor.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line, page } from '../kernel/schema.ts';
import { recordsOf } from '../records/index.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { entryOf } from '../vault/index.ts';
import { countRelationships, factsOf, someRelationships } from './facts.ts';
import { wouldApply } from './facts-rules.ts';
import { RuleContent, Why } from './model.ts';
import { ruleToLookAt } from './preview.ts';
import { type Tried, tryOn } from './trial-rules.ts';

export const TryRule = z.object({
  ...page,
  rule: id.optional(),
  draft: RuleContent.optional(),
});

const Really = z.object({ at: instant, until: instant.optional(), stoppedAt: instant.optional() });
const WouldHave = z.object({
  item: id,
  property: line,
  label: line,
  at: instant.describe('When it would have been given: as soon as the condition of the step held.'),
  isAsking: z.boolean(),
  why: Why,
  really: Really.optional().describe('When it was really given; absent when it never was.'),
});
const Other = z.object({ property: line, label: line, at: instant });

export const RuleTrial = z.object({
  rows: z.array(
    z.object({
      relationship: id,
      with: line,
      since: instant,
      endedAt: instant.optional(),
      gives: z.array(WouldHave),
      others: z.array(Other).describe('What they were given, and this rule would not have given.'),
    }),
  ),
  next: z.string().optional(),
  looked: z
    .int()
    .describe('Relationships that this answer is about; those in which nothing differs are left out.'),
  total: z.int().describe('All there are.'),
});

/** What is, and what was. */
const STATES = ['active', 'paused', 'ended'] as const;
const CURSOR = cursorOf('try-rule', [id]);

/**
 * What a rule would have given in the relationships that there are and were, and when, with my data as it is now, beside
 * what was really given. Some relationships at a time. Fails with `rule-unknown`, `rule-missing`, `cursor-unknown`.
 */
export async function tryRule(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof TryRule>,
): Promise<Result<z.output<typeof RuleTrial>>> {
  const place = CURSOR.read(input.after);
  if (!place.ok) return place;
  const [after = ''] = place.value ?? [];
  return deps.storage.read(async (view) => {
    const looked = await ruleToLookAt(view, deps, actor.home, input);
    if (!looked.ok) return looked;
    const { rule, stock } = looked.value;
    const page = { after, states: STATES, limit: input.limit + 1 };
    const found = await someRelationships(view, actor.home, page);
    const { shown, next } = CURSOR.cut(found, input.limit, (row) => [row.id]);
    const known = await factsOf(view, actor.home, shown);
    const rows: z.output<typeof RuleTrial>['rows'] = [];
    for (const [i, row] of shown.entries()) {
      const facts = known[i];
      if (!facts || !wouldApply(rule.whom, facts)) continue;
      const endedAt = row.state === 'ended' ? await endOf(view, actor.home, row) : undefined;
      const { gives, others } = tryOn(rule, stock, facts, endedAt ?? deps.clock.now());
      if (gives.length === 0 && others.length === 0) continue;
      const of = { relationship: row.id, with: row.name, since: row.since_at };
      rows.push({
        ...of,
        ...(endedAt !== undefined && { endedAt }),
        gives: gives.map(wouldHave),
        others: others.map(({ property, since }) => ({
          ...{ property, label: entryOf(property).label, at: since ?? 0 },
        })),
      });
    }
    const total = await countRelationships(view, actor.home, STATES);
    return ok({ rows, ...next, looked: shown.length, total });
  });
}

function wouldHave({ release, at, really }: Tried): z.output<typeof WouldHave> {
  const { item, property, label, isAsking, why } = release;
  return {
    ...{ item, property, label, at, isAsking, why },
    ...(really && {
      really: {
        at: really.since ?? 0,
        ...(really.until !== null && { until: really.until }),
        ...(really.stoppedAt !== null && { stoppedAt: really.stoppedAt }),
      },
    }),
  };
}

async function endOf(view: View, home: HomeId, row: RelationshipRow): Promise<Instant> {
  const [record] = await recordsOf(view, home, row.id, ['relationship-ended']);
  // One that ended with the sample market has no record of it.
  return record?.received_at ?? row.last_at;
}
