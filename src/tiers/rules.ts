import type { Instant } from '../kernel/clock.ts';
import { DAY_MS, type Facts, firstHeld, held, wouldApply } from './facts-rules.ts';
import type { Giving, Named, NextStep, NotGiven, RuleContent, Step } from './model.ts';

/** An item of my data, as far as a rule looks at it. */
export interface KnownItem {
  readonly id: string;
  readonly property: string;
  readonly category: string;
  readonly label: string;
  readonly version: number;
}

export interface ActiveRule extends RuleContent {
  readonly id: string;
}

export interface Release extends Giving {
  readonly rule: string;
  readonly ruleName: string;
  readonly version: number;
  /** The grant whose place it takes. */
  readonly replaces: string | undefined;
}

interface ByRule {
  readonly rule: string;
  readonly releases: readonly Release[];
  readonly notGiven: readonly NotGiven[];
  readonly next: NextStep | undefined;
}

/** What rules say of my data: what never goes, and what there is. */
export interface Stock {
  readonly never: readonly Named[];
  /** In the order of My data. */
  readonly items: readonly KnownItem[];
}

type Reason = NotGiven['reason'];
type Plan = Pick<Release, 'until' | 'askedFor' | 'replaces'>;

export function names(named: readonly Named[], item: KnownItem): boolean {
  return named.some(
    ({ kind, value }) =>
      (kind === 'item' && value === item.id) ||
      (kind === 'property' && value === item.property) ||
      (kind === 'category' && value === item.category),
  );
}

/**
 * What these rules would give in one relationship now, each thing once, with why; what they would not, and why not; and
 * what is missing for the next step. Steps that give by themselves come before those that ask me, so that more trust never
 * gives less. Nothing on the list of what is never given, nothing twice, nothing that I took back. Pure.
 */
export function decide(
  rules: readonly ActiveRule[],
  stock: Stock,
  facts: Facts,
  now: Instant,
): readonly ByRule[] {
  const applying = rules.filter((rule) => wouldApply(rule.whom, facts));
  const taken: Taken = { items: new Set(), properties: new Set() };
  const found = new Map<string, Found>(applying.map((rule) => [rule.id, { releases: [], notGiven: [] }]));
  for (const asks of [false, true]) {
    for (const rule of applying) {
      for (const [index, step] of rule.steps.entries()) {
        if ((step.when.kind === 'i-say-so') !== asks) continue;
        const since = facts.isOpen ? held(step.when, facts, now) : undefined;
        if (since !== undefined) reach({ rule, step, index, since }, stock, facts, now, taken, found);
      }
    }
  }
  return applying.map((rule) => {
    const { releases, notGiven } = found.get(rule.id) ?? { releases: [], notGiven: [] };
    const unclaimed = notGiven.filter((it) => !taken.properties.has(it.property));
    return {
      rule: rule.id,
      releases,
      notGiven: oncePerLabel(unclaimed),
      next: nextStep(rule, stock, facts, now),
    };
  });
}

interface Taken {
  readonly items: Set<string>;
  readonly properties: Set<string>;
}
interface Found {
  readonly releases: Release[];
  readonly notGiven: NotGiven[];
}
interface Reached {
  readonly rule: ActiveRule;
  readonly step: Step;
  readonly index: number;
  readonly since: Instant;
}

function reach(
  { rule, step, index, since }: Reached,
  { never, items }: Stock,
  facts: Facts,
  now: Instant,
  taken: Taken,
  found: ReadonlyMap<string, Found>,
): void {
  const into = found.get(rule.id);
  for (const item of items) {
    if (!into || taken.items.has(item.id) || !names(step.gives, item)) continue;
    const plan = names(never, item) ? 'never' : planOf(step, item, facts, now, taken);
    const { property, label } = item;
    if (typeof plan === 'string') {
      into.notGiven.push({ property, label, reason: plan });
      continue;
    }
    const { kind, atLeast, of } = step.when;
    const why = { step: index + 1, fact: kind, atLeast, of, since };
    const asking = { isAsking: kind === 'i-say-so', isNewVersion: plan.replaces !== undefined };
    const often = step.times === undefined ? {} : { times: step.times };
    const said = { rule: rule.id, ruleName: rule.name, purpose: rule.purpose, why, ...often };
    into.releases.push({
      item: item.id,
      property,
      label,
      version: item.version,
      ...said,
      ...asking,
      ...plan,
    });
    taken.items.add(item.id);
    taken.properties.add(property);
  }
}

/** How an item is given by a step that is reached, or why it is not. */
function planOf(step: Step, item: KnownItem, facts: Facts, now: Instant, taken: Taken): Plan | Reason {
  const ask = facts.asks.filter((it) => it.property === item.property).toSorted((a, b) => b.days - a.days)[0];
  if (!ask && !step.alsoUnasked) return 'not-asked';
  // It would wait there for a Parley that counts, and what they have would be taken back for it.
  if (step.times !== undefined && !facts.isCounting && facts.isOpen) return 'uncounted';
  const askedFor = ask?.purpose;
  const before = historyOf(step, item, facts, now);
  if (typeof before === 'string') return before;
  if (before) return { until: before.until, replaces: before.grant, askedFor };
  if (!step.alsoUnasked) {
    if (taken.properties.has(item.property)) return 'given';
    const answer = answerWith(step, item, facts);
    if (answer) return answer;
  }
  const days = Math.min(step.untilDays ?? Number.POSITIVE_INFINITY, ask?.days ?? Number.POSITIVE_INFINITY);
  return { until: Number.isFinite(days) ? now + days * DAY_MS : undefined, replaces: undefined, askedFor };
}

/** What came of this item here: the grant that a new version replaces, a reason to give nothing, or undefined for nothing yet. */
function historyOf(
  step: Step,
  item: KnownItem,
  facts: Facts,
  now: Instant,
): { readonly grant: string; readonly until: Instant | undefined } | Reason | undefined {
  // What was told anew after a backup does not name its item.
  const isOfItem = (it: Given): boolean =>
    it.item === null ? it.property === item.property : it.item === item.id;
  const given = facts.given.filter(isOfItem);
  if (given.some(isTakenBack)) return 'taken-back';
  const answered = facts.answered.filter((it) => it.item === item.id);
  const isAsking = step.when.kind === 'i-say-so';
  // What waits for my word is not asked twice; a step that needs no word does not wait for it.
  if (isAsking && answered.some((it) => it.state === 'waiting')) return 'answered';
  const settled = answered.filter((it) => it.state !== 'waiting').toSorted((a, b) => b.version - a.version);
  const [last] = settled;
  if (last?.state === 'declined' && (!isAsking || step.howOften === 'once' || last.version >= item.version))
    return 'answered';
  if (given.length === 0 && (last === undefined || last.state === 'declined')) return undefined;
  const current = given.find((it) => it.id === settled.find((row) => row.state === 'given')?.grant);
  const isOld = last !== undefined && last.version < item.version;
  if (step.howOften === 'once' || !isOld || !current || !isInForce(current, now)) return 'given';
  return { grant: current.id, until: current.until ?? undefined };
}

/**
 * One answer to one question: whoever asked for an address gets one of them, and no other one when that has run out, was
 * taken back or declined, or waits for my word. Answers what became of the question by another item, if anything did.
 */
function answerWith(step: Step, { id, property }: KnownItem, facts: Facts): Reason | undefined {
  const given = facts.given.filter((it) => it.property === property && !it.isReplaced);
  if (given.some(isTakenBack)) return 'taken-back';
  if (given.length > 0) return 'given';
  const answered = facts.answered.filter((it) => it.property === property && it.item !== id);
  if (answered.some((it) => it.state === 'given')) return 'given';
  // A step that needs no word does not wait for one.
  const isAsking = step.when.kind === 'i-say-so';
  return answered.some((it) => it.state === 'declined' || isAsking) ? 'answered' : undefined;
}

type Given = Facts['given'][number];

function isInForce({ state, until }: Given, now: Instant): boolean {
  return state !== 'stopped' && (until === null || until > now);
}

/** Stopped before its end, and neither because a later version took its place nor because it was opened as often as it might be. */
function isTakenBack({ state, until, stoppedAt, isReplaced, isSpent }: Given): boolean {
  return state === 'stopped' && !isReplaced && !isSpent && (until === null || (stoppedAt ?? 0) < until);
}

function nextStep(
  rule: ActiveRule,
  { never, items }: Stock,
  facts: Facts,
  now: Instant,
): NextStep | undefined {
  for (const [index, step] of rule.steps.entries()) {
    if (held(step.when, facts, now) !== undefined) continue;
    const gives = items.filter(
      (item) =>
        names(step.gives, item) &&
        !names(never, item) &&
        typeof planOf(step, item, facts, now, { items: new Set(), properties: new Set() }) !== 'string',
    );
    if (gives.length === 0) continue;
    const { have } = firstHeld(step.when, facts, now);
    const shown = gives.map(({ property, label }) => ({ property, label }));
    return { step: index + 1, when: step.when, have, gives: shown };
  }
  return undefined;
}

function oncePerLabel(all: readonly NotGiven[]): NotGiven[] {
  return [...new Map(all.map((it) => [`${it.property} ${it.label}`, it])).values()];
}
