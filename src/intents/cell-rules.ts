import { addDays, type CivilDate, daysBetween, endOfDay } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import {
  areasAround,
  BUCKET_DAYS,
  type BuyerKind,
  type Candidate,
  type CellSource,
  cellId,
  type TimeBucket,
} from '../market/index.ts';
import { isAtLeastAsStrict } from '../terms/index.ts';
import { intentLimits } from './limits.ts';
import type { IntentFields } from './model.ts';

/** The civil date in UTC: what a day means between two parties. */
export function dayOf(at: Instant): CivilDate {
  return new Date(at).toISOString().slice(0, 10);
}

/** Until when a want lasts: the end of its own last day, else a fixed number of days. */
export function lastsUntil(fields: Pick<IntentFields, 'window'>, now: Instant): Instant {
  return endOfDay(fields.window?.until ?? addDays(dayOf(now), intentLimits.daysByDefault));
}

/**
 * Until when a cast asks for answers. It follows from the cell and the day alone, so that it says nothing beside the
 * cell: the want's own date never shows.
 */
export function castUntil(time: TimeBucket, now: Instant): Instant {
  const days = Math.min(BUCKET_DAYS[time], intentLimits.daysAhead);
  return endOfDay(addDays(dayOf(now), days));
}

/** What the cells of a want are made from. */
export function cellSource(
  fields: IntentFields,
  buyer: BuyerKind,
  now: Instant,
  ancestors: readonly string[],
): CellSource {
  const until = fields.window?.until;
  return {
    category: fields.category,
    ancestors,
    areas: areasAround(fields.place),
    budget: budgetSaid(fields),
    days: until === undefined ? undefined : Math.max(0, daysBetween(dayOf(now), until)),
    terms: termsOfCell(fields.requiredTerms),
    buyer,
  };
}

/** What would be given at most: money first, else what is given instead of it. */
function budgetSaid(fields: Pick<IntentFields, 'budget' | 'give'>): CellSource['budget'] {
  const { budget, give } = fields;
  if (budget?.max) return { unit: budget.max.unit, max: budget.max.value };
  if (give) return { unit: give.unit, max: give.value };
  return budget?.min ? { unit: budget.min.unit } : undefined;
}

/**
 * The one agreement that a cell names: of several that would do, the one that is met whenever another of them is; the
 * preferred one when none is. The exact filter at home knows them all.
 */
export function termsOfCell(required: readonly string[]): string {
  const [preferred] = required;
  if (preferred === undefined) throw new Error('a want requires some terms');
  return required.find((one) => required.every((other) => isAtLeastAsStrict(other, one))) ?? preferred;
}

/** A cell that may stand for a want, and what the published table says of it. */
export interface Counted extends Candidate {
  readonly id: string;
  /** The step its count reaches; null when the table does not name it. Unknown is not zero. */
  readonly atLeast: number | null;
  readonly isBelow: boolean;
}

/** Fewest accounts that a cell must have: twice as many where being known to want it could harm. */
export function leastCrowd(smallest: number, isSensitive: boolean): number {
  return isSensitive ? 2 * smallest : smallest;
}

export function countCells(
  candidates: readonly Candidate[],
  counts: ReadonlyMap<string, number>,
  least: number,
): Counted[] {
  return candidates.map((candidate) => {
    const id = cellId(candidate.cell);
    const atLeast = counts.get(id) ?? null;
    return { ...candidate, id, atLeast, isBelow: atLeast === null || atLeast < least };
  });
}

/** The cell that gives up least and hides among enough; undefined when there is none. */
export function leastLoss(counted: readonly Counted[]): Counted | undefined {
  return counted.find((it) => !it.isBelow);
}

/**
 * The levels worth showing, in order of information lost: the finest, then each with a crowd large enough unless one
 * already shown gives up no more in any respect and hides among at least as many.
 */
export function choicesOf(counted: readonly Counted[], most: number = intentLimits.choices): Counted[] {
  const shown = counted.slice(0, 1);
  for (const it of counted.slice(1)) {
    if (shown.length >= most) break;
    if (!it.isBelow && !shown.some((other) => !other.isBelow && isNoWorse(other, it))) shown.push(it);
  }
  return shown;
}

function isNoWorse(a: Counted, b: Counted): boolean {
  return tellsNoMore(b, a) && (a.atLeast ?? 0) >= (b.atLeast ?? 0);
}

function tellsNoMore(a: Counted, b: Counted): boolean {
  return (['category', 'area', 'budget', 'time'] as const).every((part) => a.steps[part] >= b.steps[part]);
}

/**
 * The cell that gives up least beyond `from`, tells no more than it in any respect, and hides among enough. Undefined
 * when there is none.
 */
export function widerThan(counted: readonly Counted[], from: Counted): Counted | undefined {
  return counted.find((it) => !it.isBelow && it.id !== from.id && tellsNoMore(it, from));
}

/**
 * Where crowds may begin to form: a whole vertical on a whole continent (or the world), any budget, any time. Only a
 * market whose smallest number is 1 lets people in there below it, and they are told that they may be the only one.
 */
export function isGathering(counted: Pick<Counted, 'cell'>, smallest: number, vertical: string): boolean {
  const { category, area, budget, time } = counted.cell;
  const isWide = area.startsWith('k:') || area === 'w';
  return smallest === 1 && category === vertical && isWide && budget.upTo === 'any' && time === 'any';
}
