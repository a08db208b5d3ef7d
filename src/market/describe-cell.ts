import { amountInWords } from '../kernel/amount-words.ts';
import type { BudgetBand, Cell, TimeBucket } from './cells.ts';
import type { MarketDeps } from './deps.ts';

const TIMES: Readonly<Record<TimeBucket, string>> = {
  '7d': 'within a week',
  '30d': 'within a month',
  '90d': 'within three months',
  any: 'at any time',
};

/** A cell in one line of plain words, for vendors and for the published table. */
export function describeCell(cell: Cell, deps: Pick<MarketDeps, 'categories' | 'places'>): string {
  const category = deps.categories.get(cell.category)?.name ?? cell.category;
  const area = deps.places.areaLabel(cell.area) ?? cell.area;
  return [category, area, bandInWords(cell.budget), TIMES[cell.time]].join(', ');
}

/** 'up to €500', 'up to 2 hours', 'any budget'. */
function bandInWords(band: BudgetBand): string {
  if (band.unit === 'any') return 'any budget';
  if (band.upTo === 'any') return `any budget in ${band.unit}`;
  return `up to ${amountInWords({ unit: band.unit, value: band.upTo })}`;
}
