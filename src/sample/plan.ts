import { type Categories, SAMPLE_CATEGORIES } from '../categories/index.ts';
import type { SeededRandom } from '../kernel/seeded-random.ts';
import type { PlaceRef } from '../market/index.ts';
import type { Places } from '../places/index.ts';
import { REGIONS, type Region, TRADES } from './regions.ts';

export const SAMPLE_SIZE = {
  vendors: 300,
  listings: 20_000,
  casts: 50_000,
  people: 20_000,
  /** Vendors who look at wants themselves. */
  byHand: 40,
  /** Categories that one vendor deals in. */
  categoriesPerVendor: 14,
} as const;

export type SampleSize = { readonly [Name in keyof typeof SAMPLE_SIZE]: number };

export interface VendorPlan {
  readonly name: string;
  readonly handle: string;
  readonly region: Region;
  readonly place: PlaceRef;
  readonly categories: readonly string[];
  readonly listings: number;
  readonly isByHand: boolean;
}

/** Who sells what where: every sample category has several vendors in every region. */
export function planVendors(
  random: SeededRandom,
  places: Places,
  categories: Categories,
  size: SampleSize,
): VendorPlan[] {
  const branches = branchesOf(categories);
  const names = new Set<string>();
  const vendors: VendorPlan[] = [];
  const perRegion = size.vendors / REGIONS.length;
  for (const region of REGIONS) {
    const towns = region.towns.map((town) => townOf(places, town, region));
    for (let i = 0; i < perRegion; i++) {
      const branch = branchFor(branches, i / perRegion);
      const name = freshName(random, region, branch.trade, names);
      vendors.push({
        name,
        handle: `sample-${region.country.toLowerCase()}-${i + 1}`,
        region,
        place: random.pick(towns),
        categories: dealtIn(branch.ids, i, Math.ceil(branch.from * perRegion), size),
        listings: Math.floor((size.listings * (vendors.length + 1)) / size.vendors) - countOf(vendors),
        isByHand: vendors.length % Math.floor(size.vendors / size.byHand) === 3,
      });
    }
  }
  return vendors;
}

interface Branch {
  readonly ids: readonly string[];
  readonly trade: readonly string[];
  /** Where its share of a region's vendors begins and ends, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

/** The sample categories by branch, each with its share of vendors. */
function branchesOf(categories: Categories): Branch[] {
  const groups = Map.groupBy(SAMPLE_CATEGORIES, (id) => {
    const root = categories.ancestors(id).at(-1) ?? '';
    return root in TRADES ? root : 'other';
  });
  let before = 0;
  return [...groups].map(([root, ids]) => {
    const from = before / SAMPLE_CATEGORIES.length;
    before += ids.length;
    const to = before / SAMPLE_CATEGORIES.length;
    return { ids, trade: TRADES[root] ?? [], from, to };
  });
}

function branchFor(branches: readonly Branch[], share: number): Branch {
  const found = branches.find((branch) => share >= branch.from && share < branch.to) ?? branches.at(-1);
  if (!found) throw new Error('the sample has categories');
  return found;
}

/** Neighbouring vendors of a branch begin at different categories, so that all are covered evenly. */
function dealtIn(ids: readonly string[], vendor: number, first: number, size: SampleSize): string[] {
  const most = Math.min(ids.length, size.categoriesPerVendor);
  const start = (vendor - first) * 5;
  return Array.from(
    { length: most },
    (_, i) => ids[(((start + i) % ids.length) + ids.length) % ids.length] ?? '',
  );
}

function freshName(
  random: SeededRandom,
  region: Region,
  trade: readonly string[],
  taken: Set<string>,
): string {
  for (;;) {
    const head = random.chance(600) ? random.pick(region.surnames) : random.pick(region.words);
    const name = `${head} ${random.pick(trade)}`;
    const full = taken.has(name) ? `${name}, ${random.pick(region.towns)}` : name;
    const last = taken.has(full) ? `${full} ${random.below(90) + 10}` : full;
    if (taken.has(last)) continue;
    taken.add(last);
    return last;
  }
}

function townOf(places: Places, town: string, region: Region): PlaceRef {
  const [match] = places.find(town, { country: region.country }).matches.filter((m) => isIn(m.place, region));
  if (!match) throw new Error(`the gazetteer does not know ${town}`);
  const { id, name, country, latE6, lonE6 } = match.place;
  return { id: String(id), label: name, country, latE6, lonE6 };
}

/** Vancouver and Salem have namesakes: the sample's lie in the west. */
function isIn(place: { country: string; lonE6: number }, region: Region): boolean {
  return place.country === region.country && (region.country !== 'US' || place.lonE6 < -120_000_000);
}

function countOf(vendors: readonly VendorPlan[]): number {
  return vendors.reduce((sum, vendor) => sum + vendor.listings, 0);
}
