import type { Categories } from '../categories/index.ts';
import { AMOUNT_MAX, parseAmount } from '../kernel/amount.ts';
import { assert } from '../kernel/result.ts';
import { type Box, codeOf, continentOf, gridBox, levelOf, type Places } from '../places/index.ts';
import { BUCKET_DAYS, type Cell } from './cells.ts';
import type { Listing } from './model.ts';
import { marketLimits } from './parts.ts';
import { type CellKey, type ListingKey, REACH, type Span, tieOf, type Way } from './rules.ts';

/** What the keys are made with; all of it look-ups that are the same for everybody. */
export interface Knowledge {
  readonly categories: Pick<Categories, 'range'>;
  readonly places: Pick<Places, 'countriesOf'>;
  /** Every agreement of the roster that is met when one of these is accepted, these included. */
  readonly metBy: (accepted: readonly string[]) => readonly string[];
}

const GLOBE: Box = { south: -90_000_000, west: -180_000_000, north: 90_000_000, east: 180_000_000 };
const KM_PER_DEGREE = 111.195; // of a great circle on a sphere of 6371.0088 km

/** A cell's key; undefined when its category or area is not known here. */
export function cellKey(cell: Cell, know: Knowledge): CellKey | undefined {
  const category = know.categories.range(cell.category);
  const level = levelOf(cell.area);
  if (!category || level === undefined) return undefined;
  const countries = level <= 2 ? know.places.countriesOf(cell.area) : [];
  const code = level === 3 ? codeOf(cell.area) : undefined;
  const continents = code === undefined ? countries.flatMap((country) => continentOf(country) ?? []) : [code];
  return {
    category,
    level,
    box: gridBox(cell.area) ?? GLOBE,
    countries,
    continents: [...new Set(continents)].sort(),
    unit: cell.budget.unit,
    upTo: cell.budget.upTo === 'any' ? AMOUNT_MAX : BigInt(cell.budget.upTo),
    days: BUCKET_DAYS[cell.time],
    terms: cell.terms,
    buyer: cell.buyer,
  };
}

/** A listing's key; undefined when its category or its country is not known here, or it costs too much to count. */
export function listingKey(id: string, listing: Listing, know: Knowledge): ListingKey | undefined {
  const category = know.categories.range(listing.category);
  const continent = continentOf(listing.place.country);
  const ways = waysOf(listing);
  if (!category || continent === undefined || !ways) return undefined;
  const { place, reach, demands } = listing;
  const buyers = demands.buyers ?? ['person', 'organisation'];
  return {
    id,
    storefront: listing.storefront.id,
    category: spanOf(category),
    reach: REACH[reach.level],
    country: place.country,
    continent,
    latE6: place.latE6,
    lonE6: place.lonE6,
    box: reach.level === 'local' ? boxAroundCircle(place, reach.km ?? marketLimits.localKm) : GLOBE,
    ways,
    meets: [...new Set(know.metBy(listing.terms))].sort(),
    isForPersons: buyers.includes('person'),
    isForOrganisations: buyers.includes('organisation'),
    minBudget: demands.minBudget && { unit: demands.minBudget.unit, amount: BigInt(demands.minBudget.value) },
    days: listing.delivery.days ?? 0,
    until: listing.until,
    tie: tieOf(id),
  };
}

function spanOf(range: Span): Span {
  return { from: range.from, to: range.to };
}

/** The price with what the buyer pays on top, then what is taken instead, the cheapest of each unit. */
function waysOf(listing: Pick<Listing, 'price' | 'fees' | 'takes'>): [Way, ...Way[]] | undefined {
  let total = BigInt(listing.price.value);
  for (const fee of listing.fees) if (fee.payer === 'buyer') total += BigInt(fee.amount.value);
  if (!parseAmount(total.toString()).ok) return undefined;
  const first: Way = { unit: listing.price.unit, amount: total };
  const others = new Map<string, Way>();
  for (const take of listing.takes ?? []) {
    const way = { unit: take.unit, amount: BigInt(take.value) };
    const known = way.unit === first.unit ? first : others.get(way.unit);
    if (!known || (way.amount < known.amount && known !== first)) others.set(way.unit, way);
  }
  return [first, ...others.values()];
}

/**
 * The box around the circle of this many kilometres. One that reaches a pole or crosses longitude 180 takes in every
 * longitude: the vendor is then shown to a few more people, whose homes filter exactly.
 */
function boxAroundCircle(centre: { readonly latE6: number; readonly lonE6: number }, km: number): Box {
  const lat = Math.ceil((km / KM_PER_DEGREE) * 1e6);
  const [south, north] = [centre.latE6 - lat, centre.latE6 + lat];
  const widest = Math.max(Math.abs(south), Math.abs(north));
  if (widest >= 89_000_000)
    return { ...GLOBE, south: Math.max(south, GLOBE.south), north: Math.min(north, GLOBE.north) };
  const lon = Math.ceil(lat / Math.cos((widest / 1e6) * (Math.PI / 180)));
  const [west, east] = [centre.lonE6 - lon, centre.lonE6 + lon];
  const isAcross = west < GLOBE.west || east > GLOBE.east;
  return isAcross ? { ...GLOBE, south, north } : { south, north, west, east };
}

/** The key of something that was let in, which therefore has one. */
export function mustKey<T>(key: T | undefined): T {
  assert(key !== undefined, 'what was let in has a key');
  return key;
}
