import { createHash } from 'node:crypto';
import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { factsOf, someRelationships } from './facts.ts';
import type { Facts } from './facts-rules.ts';
import { TIER_LIMITS } from './limits.ts';
import type { NotGiven, RuleContent } from './model.ts';
import { type ActiveRule, decide, type Release, type Stock } from './rules.ts';
import { stockFor } from './stock.ts';
import { activeRules, contentOf, getRuleRow } from './store.ts';

/** A rule that is looked at before it acts, among those that act: it gives what they have left. */
interface Looked {
  readonly rule: ActiveRule;
  readonly all: readonly ActiveRule[];
  readonly stock: Stock;
}

/** The rule of this id, this draft, or the draft in place of the rule. Fails with `rule-unknown` and `rule-missing`. */
export async function ruleToLookAt(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  input: { readonly rule?: string | undefined; readonly draft?: RuleContent | undefined },
): Promise<Result<Looked>> {
  const row = input.rule === undefined ? undefined : await getRuleRow(view, home, input.rule);
  if (row && !row.ok) return row;
  if (row?.value.removed_at != null) {
    return fail('rule-unknown', 'That rule was removed.', 'Bring it back first, or write it anew.');
  }
  const content = input.draft ?? (row && contentOf(row.value));
  if (!content) return fail('rule-missing', 'No rule was named, and none was written.', 'Do one of the two.');
  const rule = { id: row?.value.id ?? 'draft', ...content };
  const before = row?.value.made_at;
  const others = await activeRules(view, home);
  const at = before === undefined ? others.length : await placeOf(view, home, others, row?.value);
  const all = others.filter((it) => it.id !== rule.id).toSpliced(at, 0, rule);
  return ok({ rule, all, stock: await stockFor(view, deps, home, all) });
}

/** How many of the other rules come before it. */
async function placeOf(
  view: View,
  home: HomeId,
  others: readonly ActiveRule[],
  row: { readonly id: string; readonly made_at: number } | undefined,
): Promise<number> {
  let before = 0;
  for (const other of others) {
    const known = await getRuleRow(view, home, other.id);
    if (!row || !known.ok || other.id === row.id) continue;
    const { made_at: at, id } = known.value;
    if (at < row.made_at || (at === row.made_at && id < row.id)) before++;
  }
  return before;
}

interface WouldGet {
  readonly row: RelationshipRow;
  readonly releases: readonly Release[];
  readonly notGiven: readonly NotGiven[];
}

/** What one rule would give now in relationships by id from `after` on, each in its turn. */
export async function* wouldGive(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  { rule, all, stock }: Looked,
  after: string,
): AsyncGenerator<WouldGet> {
  const now = deps.clock.now();
  let last = after;
  for (;;) {
    const page = { after: last, states: ['active'], limit: TIER_LIMITS.together } as const;
    const rows = await someRelationships(view, home, page);
    const known = await factsOf(view, home, rows);
    for (const [i, row] of rows.entries()) {
      const decided = decideFor(rule.id, all, stock, known[i], now);
      if (decided) yield { row, ...decided };
    }
    const end = rows.at(-1);
    if (!end || rows.length < TIER_LIMITS.together) return;
    last = end.id;
  }
}

function decideFor(
  rule: string,
  all: readonly ActiveRule[],
  stock: Stock,
  facts: Facts | undefined,
  now: number,
) {
  return facts && decide(all, stock, facts, now).find((it) => it.rule === rule);
}

/**
 * Stands for all that a preview showed: what the rule says, what is never given, and what would be given to whom, but for
 * the days that go on with the clock.
 */
export function seenHash(content: RuleContent, stock: Stock) {
  const hash = createHash('sha256');
  const { name, whom, purpose, steps } = content;
  hash.update(JSON.stringify([{ name, whom, purpose, steps }, stock.never]));
  return {
    add({ row, releases }: WouldGet): void {
      if (releases.length === 0) return;
      const given = releases.map((it) => [it.item, it.version, it.isAsking, it.why.step, it.times ?? null]);
      hash.update(JSON.stringify([row.id, given]));
    },
    end: (): string => hash.digest('base64url'),
  };
}
