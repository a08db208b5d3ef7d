import { type Categories, SAMPLE_CATEGORIES } from '../categories/index.ts';
import type { SeededRandom } from '../kernel/seeded-random.ts';
import { areasAround, bandOf, type Cell, type TimeBucket } from '../market/index.ts';
import type { SampleSize, VendorPlan } from './plan.ts';
import { REGIONS, type Region } from './regions.ts';

/** A class of casts and how many different sample people have sent one. */
interface Crowd {
  readonly cell: Cell;
  readonly people: number;
}

/** People in a crowd that is just large enough for the sample market's smallest number, 20. */
const ENOUGH = 21;
/** How many of the categories, most wanted first, also have crowds without a place, without a budget, near a town. */
const WITHOUT_PLACE = 60;
const WITHOUT_BUDGET = 40;
const NEAR_TOWN = 16;

/**
 * Where the sample people's wants lie: every sample category in every region, the most wanted ones also finer (near the
 * largest town, within a price band) and vaguer. The rest are alone in cells that no table names.
 */
export function planCrowds(
  vendors: readonly VendorPlan[],
  categories: Categories,
  random: SeededRandom,
): Crowd[] {
  const crowds: Crowd[] = [];
  for (const region of REGIONS) {
    for (const [rank, id] of SAMPLE_CATEGORIES.entries()) {
      const people = categories.get(id)?.sensitive ? 2 * ENOUGH : ENOUGH;
      const add = (change: Partial<Cell>): number =>
        crowds.push({ cell: { ...plainCell(id, region), ...change }, people });
      add({});
      if (rank < WITHOUT_PLACE) add({ area: 'w' });
      if (rank < WITHOUT_BUDGET || id.startsWith('sv-')) add({ budget: { unit: 'any', upTo: 'any' } });
      if (id.startsWith('sv-')) add({ budget: { unit: 'hours', upTo: 'any' } });
      if (rank < NEAR_TOWN) add(nearTown(id, region, vendors, categories, random));
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

function plainCell(category: string, region: Region): Cell {
  const budget = { unit: region.currency, upTo: 'any' };
  return { category, area: `c:${region.country}`, budget, time: 'any', terms: 'SD-BASE', buyer: 'person' };
}

function nearTown(
  id: string,
  region: Region,
  vendors: readonly VendorPlan[],
  categories: Categories,
  random: SeededRandom,
): Partial<Cell> {
  const town = vendors.find((v) => v.region === region && v.place.label === region.towns[0])?.place;
  const [low, high] = categories.get(id)?.price ?? [1000, 10_000];
  const usual = Math.round(((low + (high - low) / 4) * region.pricePerCent) / 100);
  const upTo = bandOf(BigInt(usual));
  const time: TimeBucket = random.chance(700) ? '90d' : '30d';
  return { area: areasAround(town)[1] ?? 'w', budget: { unit: region.currency, upTo }, time };
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
