import { AMOUNT_MAX } from '../kernel/amount.ts';
import { type AreaId, cellOf, levelOf, parents } from '../places/index.ts';

/** Within how many days, as a market is told. */
export const TIME_BUCKETS = ['7d', '30d', '90d', 'any'] as const;
export type TimeBucket = (typeof TIME_BUCKETS)[number];

/** Days of a bucket; `any` has no end. */
export const BUCKET_DAYS: Readonly<Record<TimeBucket, number>> = {
  '7d': 7,
  '30d': 30,
  '90d': 90,
  any: Number.MAX_SAFE_INTEGER,
};

export type BuyerKind = 'person' | 'organisation';

/** What somebody would give, told coarsely; `unit` and `upTo` are both `any` when nothing was said. */
export interface BudgetBand {
  readonly unit: string;
  /** A step of the 1-2-5 series in smallest units, or `any`. */
  readonly upTo: string;
}

/**
 * The class of casts that cannot be told apart, and all that a cast says of a want. Two wants with one cell are the
 * same to a market; a field outside it never leaves.
 */
export interface Cell {
  readonly category: string;
  readonly area: AreaId;
  readonly budget: BudgetBand;
  readonly time: TimeBucket;
  readonly terms: string;
  readonly buyer: BuyerKind;
}

/** The one way to write a cell: its parts in fixed order, joined by `|`. */
export function cellId(cell: Cell): string {
  const { category, area, budget, time, terms, buyer } = cell;
  return [category, area, budget.unit, budget.upTo, time, terms, buyer].join('|');
}

/** The cell of an id; undefined for anything that `cellId` does not write. Categories are not looked up. */
export function parseCellId(id: string): Cell | undefined {
  const [category, area, unit, upTo, time, terms, buyer, ...rest] = id.split('|');
  if (!category || area === undefined || !unit || upTo === undefined || !terms || rest.length > 0)
    return undefined;
  const bucket = TIME_BUCKETS.find((known) => known === time);
  const kind = (['person', 'organisation'] as const).find((known) => known === buyer);
  if (!bucket || !kind || levelOf(area) === undefined || !isBand({ unit, upTo })) return undefined;
  return { category, area, budget: { unit, upTo }, time: bucket, terms, buyer: kind };
}

/** True for a step of the series, or `any`; a unit that was not said has no step. */
export function isBand(band: BudgetBand): boolean {
  if (band.unit === 'any') return band.upTo === 'any';
  return band.upTo === 'any' || (/^[125]0*$/.test(band.upTo) && BigInt(band.upTo) <= AMOUNT_MAX);
}

/** The smallest step of 1, 2, 5, 10, 20, 50 ... smallest units that is not below the value; `any` beyond the last. */
export function bandOf(value: bigint): string {
  for (let power = 1n; ; power *= 10n) {
    for (const digit of [1n, 2n, 5n]) {
      const step = digit * power;
      if (step > AMOUNT_MAX) return 'any';
      if (value <= step) return step.toString();
    }
  }
}

/** The next wider step; after the last one, `any`. */
export function widerBand(upTo: string): string {
  return upTo === 'any' ? 'any' : bandOf(BigInt(upTo) + 1n);
}

/** The narrowest bucket that holds this many days; `any` when no day was said. */
export function bucketOf(days: number | undefined): TimeBucket {
  if (days === undefined) return 'any';
  return TIME_BUCKETS.find((bucket) => days <= BUCKET_DAYS[bucket]) ?? 'any';
}

/** The areas around a spot, finest first: two grid cells, country, continent, world. The world alone for no spot. */
export function areasAround(
  spot: { readonly latE6: number; readonly lonE6: number; readonly country: string } | undefined,
): readonly AreaId[] {
  if (spot === undefined) return ['w'];
  const finest = cellOf(spot, 0);
  return [finest, ...parents(finest, spot.country)];
}

/** What cells of one want are made from. */
export interface CellSource {
  readonly category: string;
  /** Above the category, nearest first, its vertical's root last. */
  readonly ancestors: readonly string[];
  /** Finest first, as `areasAround` gives them. */
  readonly areas: readonly AreaId[];
  /** What the wanter would give at most; no `max` when only the unit is known, nothing when neither is. */
  readonly budget?: { readonly unit: string; readonly max?: string } | undefined;
  /** Days from the cast until it is wanted by. */
  readonly days?: number | undefined;
  readonly terms: string;
  readonly buyer: BuyerKind;
}

/** How much telling less costs, per step. Published with the market's rules; the smaller loss is preferred. */
const LOSS = { category: 8, area: 4, budget: 2, time: 1 } as const;

export interface Candidate {
  readonly cell: Cell;
  readonly loss: number;
  /** Steps taken from the finest, by what was generalised. */
  readonly steps: {
    readonly category: number;
    readonly area: number;
    readonly budget: number;
    readonly time: number;
  };
}

/**
 * Every cell that may stand for a want, in order of information lost, the finest first. Category climbs to its parent,
 * grandparent and vertical; area from the small grid to the world; the budget two steps and then any; time to any.
 * Terms and the kind of buyer bind both sides and stay.
 */
export function candidateCells(source: CellSource): Candidate[] {
  const categories = unique([
    source.category,
    ...source.ancestors.slice(0, 2),
    ...source.ancestors.slice(-1),
  ]);
  const budgets = budgetSteps(source.budget);
  const times = TIME_BUCKETS.slice(TIME_BUCKETS.indexOf(bucketOf(source.days)));
  const found: Candidate[] = [];
  for (const [c, category] of categories.entries()) {
    for (const [a, area] of source.areas.entries()) {
      for (const [b, budget] of budgets.entries()) {
        for (const [t, time] of times.entries()) {
          const cell = { category, area, budget, time, terms: source.terms, buyer: source.buyer };
          const loss = c * LOSS.category + a * LOSS.area + b * LOSS.budget + t * LOSS.time;
          found.push({ cell, loss, steps: { category: c, area: a, budget: b, time: t } });
        }
      }
    }
  }
  // The sort is stable: among equals the one that keeps the category, then the area, comes first.
  return found.sort((x, y) => x.loss - y.loss);
}

function budgetSteps(budget: CellSource['budget']): BudgetBand[] {
  if (budget === undefined) return [{ unit: 'any', upTo: 'any' }];
  const first = budget.max === undefined ? 'any' : bandOf(BigInt(budget.max));
  const second = widerBand(first);
  return unique([first, second, widerBand(second), 'any']).map((upTo) => ({ unit: budget.unit, upTo }));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Lowest counts that a table tells apart: k, 2k, 5k, 10k, 20k, 50k ... A count is rounded down to one of them. */
export function countSteps(smallest: number, steps = 10): readonly number[] {
  return Array.from(
    { length: steps },
    (_, i) => smallest * ([1, 2, 5][i % 3] ?? 1) * 10 ** Math.floor(i / 3),
  );
}

/** The index of the highest step that a count reaches; undefined below the smallest. */
export function stepOf(count: number, steps: readonly number[]): number | undefined {
  const index = steps.findLastIndex((step) => count >= step);
  return index < 0 ? undefined : index;
}
