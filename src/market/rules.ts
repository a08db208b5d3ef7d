import { sha256, toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Box, Level } from '../places/index.ts';
import type { BuyerKind } from './cells.ts';

/** A category's preorder interval: everything below it lies in [from, to). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A cell in the terms of the matcher; made once when a cell is first seen. */
export interface CellKey {
  readonly category: Span;
  readonly level: Level;
  /** Of a grid cell or the world; the whole globe for countries and continents, whose borders no box tells. */
  readonly box: Box;
  /** Countries with a known place in a grid cell; of a country, itself; else none. */
  readonly countries: readonly string[];
  /** Continents of those countries; of a continent, itself. */
  readonly continents: readonly string[];
  /** `any` when nothing was said about what would be given. */
  readonly unit: string;
  /** The upper end of the band; AMOUNT_MAX for `any`. */
  readonly upTo: bigint;
  readonly days: number;
  readonly terms: string;
  readonly buyer: BuyerKind;
}

/** How far a vendor serves, from near to far. */
export const REACH = { local: 0, country: 1, continent: 2, world: 3 } as const;
type ReachLevel = (typeof REACH)[keyof typeof REACH];

/** One way to pay for a listing: its price with the buyer's fees, or something taken instead. */
export interface Way {
  readonly unit: string;
  readonly amount: bigint;
}

/** A listing in the terms of the matcher; made once when it is published. */
export interface ListingKey {
  readonly id: string;
  readonly storefront: string;
  readonly category: Span;
  readonly reach: ReachLevel;
  readonly country: string;
  readonly continent: string;
  readonly latE6: number;
  readonly lonE6: number;
  /** The box around the circle that a local reach serves. */
  readonly box: Box;
  /** One per unit, the cheapest; the price first. */
  readonly ways: readonly [Way, ...Way[]];
  /** Every agreement that is met when one that the vendor accepts is. */
  readonly meets: readonly string[];
  readonly isForPersons: boolean;
  readonly isForOrganisations: boolean;
  readonly minBudget: Way | undefined;
  /** Days until it is there; 0 when the vendor does not say. */
  readonly days: number;
  readonly until: Instant;
  /** From the listing's id; breaks ties together with the cast's, see `mixOf`. */
  readonly tie: number;
}

/** Whether both sides' conditions hold at an instant, as far as a cell tells. The SQL of match-store.ts says the same. */
export function matches(cell: CellKey, listing: ListingKey, now: Instant): boolean {
  return (
    listing.until > now &&
    categoryFits(cell.category, listing.category) &&
    areaFits(cell, listing) &&
    wayFor(cell, listing) !== undefined &&
    listing.meets.includes(cell.terms) &&
    (cell.buyer === 'person' ? listing.isForPersons : listing.isForOrganisations) &&
    minBudgetFits(cell, listing.minBudget) &&
    listing.days <= cell.days
  );
}

/** Either lies within the other: a want for brass answers trumpets, and a want for trumpets a seller of brass. */
function categoryFits(a: Span, b: Span): boolean {
  return (a.from <= b.from && b.from < a.to) || (b.from <= a.from && a.from < b.to);
}

/** Whether the vendor may reach somebody in the area; where exactly they are, only their own home knows. */
function areaFits(cell: CellKey, listing: ListingKey): boolean {
  if (listing.reach === REACH.world || cell.level === 4) return true;
  if (cell.level === 3) return cell.continents.includes(listing.continent);
  if (listing.reach === REACH.continent) return cell.continents.includes(listing.continent);
  if (cell.level === 2 || listing.reach === REACH.country) return cell.countries.includes(listing.country);
  return boxesMeet(cell.box, listing.box);
}

function boxesMeet(a: Box, b: Box): boolean {
  return a.south <= b.north && b.south <= a.north && a.west <= b.east && b.west <= a.east;
}

/** The way to pay that is in the cell's unit and within its band; the price when nothing was said. */
function wayFor(cell: CellKey, listing: ListingKey): Way | undefined {
  if (cell.unit === 'any') return listing.ways[0];
  return listing.ways.find((way) => way.unit === cell.unit && way.amount <= cell.upTo);
}

/** A least budget holds against one in its own unit; a wanter who said nothing passes. */
function minBudgetFits(cell: CellKey, least: Way | undefined): boolean {
  if (least === undefined || cell.unit === 'any') return true;
  return least.unit === cell.unit && least.amount <= cell.upTo;
}

/** Where the vendor stands seen from the cell, 0 the nearest. The first thing that quotes are ordered by. */
function distanceClass(cell: CellKey, listing: ListingKey): number {
  if (cell.level === 4) return REACH.world - listing.reach;
  if (cell.level === 3) {
    if (!cell.continents.includes(listing.continent)) return 1;
    return listing.reach >= REACH.continent ? 0 : 3 - listing.reach;
  }
  if (cell.level === 2) {
    if (!cell.countries.includes(listing.country)) return listing.reach === REACH.world ? 2 : 1;
    return listing.reach === REACH.local ? 3 : 0;
  }
  const { box } = cell;
  const isHere =
    listing.latE6 >= box.south &&
    listing.latE6 < box.north &&
    listing.lonE6 >= box.west &&
    listing.lonE6 < box.east;
  return isHere ? 0 : listing.reach + 1;
}

/** A prime below 2^31, so that the product of two numbers below it fits into 64 bits. */
export const TIE_PRIME = 2_147_483_647;

/** A number from 1 to TIE_PRIME - 1 made from an id. */
export function tieOf(id: string): number {
  const hash = sha256(toUtf8(id));
  const first = Buffer.from(hash.buffer, hash.byteOffset, 6).readUIntBE(0, 6);
  return (first % (TIE_PRIME - 1)) + 1;
}

/** What breaks ties between listings for one cast: no listing is favoured over all casts, and none can know before. */
function mixOf(castTie: number, listingTie: number): number {
  return Number((BigInt(castTie) * BigInt(listingTie)) % BigInt(TIE_PRIME));
}

/** The order in words, published with a market's rules. */
export const ORDER_IN_WORDS =
  'Vendors in the area asked for come first, then those who serve it from further away; within that the lower price, ' +
  'with every fee the buyer pays; ties are broken by a number made from the ids of the want and of the listing. ' +
  'Each vendor has a limited number of places. Nobody can pay for a place.';

interface Ranked {
  readonly listing: ListingKey;
  readonly class: number;
  readonly amount: bigint;
  readonly mix: number;
}

/**
 * The quotes for a cast in their published order: distance class, then price, then `mixOf`, then the id; at most
 * `perVendor` of one vendor. Without a unit prices cannot be compared and are left out. The plain reference.
 */
export function orderQuotes(
  cell: CellKey,
  castTie: number,
  listings: readonly ListingKey[],
  perVendor: number,
): Ranked[] {
  const ranked = listings.map((listing) => ({
    listing,
    class: distanceClass(cell, listing),
    amount: cell.unit === 'any' ? 0n : (wayFor(cell, listing)?.amount ?? 0n),
    mix: mixOf(castTie, listing.tie),
  }));
  ranked.sort(compareRanked);
  const taken = new Map<string, number>();
  return ranked.filter(({ listing }) => {
    const count = (taken.get(listing.storefront) ?? 0) + 1;
    taken.set(listing.storefront, count);
    return count <= perVendor;
  });
}

function compareRanked(a: Ranked, b: Ranked): number {
  if (a.class !== b.class) return a.class - b.class;
  if (a.amount !== b.amount) return a.amount < b.amount ? -1 : 1;
  if (a.mix !== b.mix) return a.mix - b.mix;
  return a.listing.id < b.listing.id ? -1 : 1;
}
