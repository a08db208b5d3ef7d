import type { Amount } from '../kernel/amount.ts';
import type { Standing } from './model.ts';

/** Fewer checked promises than this say nothing about a vendor. */
const RECORDS_THAT_COUNT = 3;

/** All that decides an offer's place; nothing in it can be bought. */
export interface Place {
  /** Whether it can still be accepted. */
  readonly isOpen: boolean;
  readonly fits: boolean;
  readonly conflicts: number;
  readonly total: Amount;
  readonly standing: Pick<Standing, 'kept' | 'records'>;
  /** Drawn at home, so that no vendor can aim at a place. */
  readonly id: string;
}

/**
 * Negative when `a` comes before `b`: those that are open, those that fit, fewest conflicts, lowest total in `unit` (other units after it,
 * by their names), the larger share of promises kept where at least three were checked (those without a record
 * after them), then the id. A total order over distinct ids.
 */
export function compareOffers(a: Place, b: Place, unit: string | undefined): number {
  if (a.isOpen !== b.isOpen) return a.isOpen ? -1 : 1;
  if (a.fits !== b.fits) return a.fits ? -1 : 1;
  if (a.conflicts !== b.conflicts) return a.conflicts - b.conflicts;
  return (
    compareTotals(a.total, b.total, unit) ||
    compareStandings(a.standing, b.standing) ||
    compareText(a.id, b.id)
  );
}

function compareTotals(a: Amount, b: Amount, unit: string | undefined): number {
  if (a.unit !== b.unit) {
    if (a.unit === unit) return -1;
    return b.unit === unit ? 1 : compareText(a.unit, b.unit);
  }
  const [x, y] = [BigInt(a.value), BigInt(b.value)];
  return x === y ? 0 : x < y ? -1 : 1;
}

function compareStandings(a: Place['standing'], b: Place['standing']): number {
  const [isKnownA, isKnownB] = [a.records >= RECORDS_THAT_COUNT, b.records >= RECORDS_THAT_COUNT];
  if (isKnownA !== isKnownB) return isKnownA ? -1 : 1;
  // kept/records compared without fractions.
  return isKnownA ? b.kept * a.records - a.kept * b.records : 0;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The order in one sentence. */
export function orderInWords(unit: string | undefined): string {
  const total = unit === undefined ? 'the lowest total' : `the lowest total in ${unit}`;
  return (
    'First those that are still open, of them those that fit what you wrote, then those with the fewest conflicts with your terms, then ' +
    `${total} with every fee you would pay, then vendors who kept the larger share of at least ` +
    `${RECORDS_THAT_COUNT} promises checked here, and last a number drawn on your own side; nobody can pay for a place.`
  );
}
