import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, ok, type Result } from '../kernel/result.ts';
import { id, line } from '../kernel/schema.ts';
import { getRelationshipRow } from '../relationships/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { factsOf } from './facts.ts';
import { Giving, NextStep, NotGiven } from './model.ts';
import { decide } from './rules.ts';
import { stockFor } from './stock.ts';
import { activeRules } from './store.ts';
import { givingOf } from './view.ts';

export const ShowNext = z.object({ relationship: id });
export const WhatNext = z.object({
  rows: z.array(
    z.object({
      rule: id,
      name: line,
      gives: z.array(Giving).describe('What it gives in the next moments.'),
      notGiven: z.array(NotGiven),
      next: NextStep.optional(),
    }),
  ),
});

/** What the rules that are on would give next in one relationship, and what is missing for it. Fails with `relationship-unknown`. */
export async function showNext(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowNext>,
): Promise<Result<z.output<typeof WhatNext>>> {
  return deps.storage.read(async (view) => {
    const row = await getRelationshipRow(view, actor.home, input.relationship);
    if (!row.ok) return row;
    const rules = await activeRules(view, actor.home);
    const stock = await stockFor(view, deps, actor.home, rules);
    const [facts] = await factsOf(view, actor.home, [row.value]);
    assert(facts, 'what is there is known');
    const decided = decide(rules, stock, facts, deps.clock.now());
    return ok({
      rows: decided.map(({ rule, releases, notGiven, next }) => ({
        rule,
        name: rules.find((it) => it.id === rule)?.name ?? '',
        gives: releases.map(givingOf),
        notGiven: [...notGiven],
        ...(next && { next }),
      })),
    });
  });
}
