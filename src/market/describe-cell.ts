import { unitScale } from '../kernel/amount.ts';
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

/** 'up to EUR 500.00', 'up to 2 hours', 'any budget'. */
function bandInWords(band: BudgetBand): string {
  if (band.unit === 'any') return 'any budget';
  if (band.upTo === 'any') return `any budget in ${band.unit}`;
  return `up to ${amountInWords({ unit: band.unit, value: band.upTo })}`;
}

/** An amount in its shown unit, with a point and no grouping: 'EUR 12.50', '1.5 hours'. */
export function amountInWords({ unit, value }: { readonly unit: string; readonly value: string }): string {
  const scale = BigInt(unitScale(unit) ?? 1);
  const [whole, rest] = [BigInt(value) / scale, BigInt(value) % scale];
  if (unit === 'hours') {
    const hours = `${whole} ${whole === 1n ? 'hour' : 'hours'}`;
    if (rest === 0n) return hours;
    return whole === 0n ? `${rest} minutes` : `${hours} ${rest} minutes`;
  }
  if (unit === 'goods' || unit === 'favour') return `${value} ${unit}`;
  const digits = scale.toString().length - 1;
  return `${unit} ${whole}${digits === 0 ? '' : `.${rest.toString().padStart(digits, '0')}`}`;
}
