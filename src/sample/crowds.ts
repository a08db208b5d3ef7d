import { type Categories, SAMPLE_CATEGORIES } from '../categories/index.ts';
import type { SeededRandom } from '../kernel/seeded-random.ts';
import { areasAround, type Cell } from '../market/index.ts';
import type { SampleSize, VendorPlan } from './plan.ts';
import { REGIONS, type Region } from './regions.ts';

/** A class of casts and how many different sample people have sent one. */
interface Crowd {
  readonly cell: Cell;
  readonly people: number;
}

/** People in a crowd that is just large enough for the sample market's smallest number. */
const ENOUGH = 20;
/** How many of the categories, most wanted first, also have crowds without a place, and without a budget. */
const WITHOUT_PLACE = 30;
const WITHOUT_BUDGET = 20;
/** How many of them have crowds around the place where most of a region’s vendors are; services have them around all. */
const AROUND_FIRST = 60;

/**
 * Where the sample people's wants lie: every sample category in every region, the services and the most wanted things
 * also around the towns, with a budget in another unit, and vaguer. Few enough crowds that each is large enough.
 */
export function planCrowds(vendors: readonly VendorPlan[], categories: Categories): Crowd[] {
  const crowds: Crowd[] = [];
  for (const region of REGIONS) {
    const areas = areasOf(region, vendors);
    for (const [rank, id] of SAMPLE_CATEGORIES.entries()) {
      const people = categories.get(id)?.sensitive ? 2 * ENOUGH : ENOUGH;
      const add = (change: Partial<Cell>): number =>
        crowds.push({ cell: { ...plainCell(id, region), ...change }, people });
      const isService = id.startsWith('sv-');
      const around = isService ? areas.length : rank < AROUND_FIRST ? 1 : 0;
      add({});
      for (const area of areas.slice(0, around)) add({ area });
      if (rank < WITHOUT_PLACE) add({ area: 'w' });
      if (rank < WITHOUT_BUDGET || isService) add({ budget: { unit: 'any', upTo: 'any' } });
      if (isService) add({ budget: { unit: 'hours', upTo: 'any' } });
    }
    for (const unit of ['favour', 'goods', 'hours']) {
      crowds.push({ cell: { ...plainCell('sv', region), budget: { unit, upTo: 'any' } }, people: ENOUGH });
    }
    for (const root of new Set(SAMPLE_CATEGORIES.map((id) => categories.ancestors(id).at(-1) ?? id))) {
      crowds.push({ cell: plainCell(root, region), people: ENOUGH });
    }
  }
  return crowds;
}

/** The larger grid cells in which a region's vendors are, the one with most of them first. */
function areasOf(region: Region, vendors: readonly VendorPlan[]): string[] {
  const here = vendors.filter((v) => v.region === region);
  const byArea = Map.groupBy(here, (v) => areasAround(v.place)[1] ?? 'w');
  return [...byArea].sort(([, a], [, b]) => b.length - a.length).map(([area]) => area);
}

function plainCell(category: string, region: Region): Cell {
  const budget = { unit: region.currency, upTo: 'any' };
  return { category, area: `c:${region.country}`, budget, time: 'any', terms: 'SD-BASE', buyer: 'person' };
}

/** One cast of each sample person and the further ones, which are not counted: cells by position. */
export function castsIn(
  crowds: readonly Crowd[],
  random: SeededRandom,
  size: SampleSize,
): { crowd: number; isCounted: boolean }[] {
  const casts: { crowd: number; isCounted: boolean }[] = [];
  let people = size.people;
  for (const [crowd, { people: wanted }] of crowds.entries()) {
    for (let i = 0; i < wanted && people > 0; i++, people--) casts.push({ crowd, isCounted: true });
  }
  // Whoever is left joins crowds that are there, and people cast more than once.
  for (; people > 0; people--) casts.push({ crowd: random.below(crowds.length), isCounted: true });
  while (casts.length < size.casts) casts.push({ crowd: random.below(crowds.length), isCounted: false });
  return casts;
}
