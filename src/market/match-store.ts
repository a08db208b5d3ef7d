import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { View } from '../storage/index.ts';
import { type CellKey, type ListingKey, REACH, TIE_PRIME } from './rules.ts';
import type { CellRow, WayRow } from './tables.ts';

type Condition = RawBuilder<unknown>;

const all = (conditions: readonly Condition[]): Condition => sql.join(conditions, sql` and `);
const any = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`1 = 0` : sql`(${sql.join(conditions, sql` or `)})`;
const among = (column: Condition, values: readonly (string | number)[]): Condition =>
  values.length === 0 ? sql`1 = 0` : sql`${column} in (${sql.join(values)})`;

/** Codes as one text that `like` can look into; codes have no character that `like` reads otherwise. */
function codesText(codes: readonly string[]): string {
  return codes.length === 0 ? '' : `|${codes.join('|')}|`;
}

function hasCode(column: Condition, codes: readonly string[]): Condition {
  return any(codes.map((code) => sql`${column} like ${`%|${code}|%`}`));
}

/**
 * Within the other, either way: one query of those at or below a category by their position, and one of those above
 * it. Apart, because neither engine uses an index on its second column for an `or`.
 */
function bothWays(
  category: CellKey['category'],
  above: readonly number[],
  select: (categoryFits: Condition) => Condition,
): Condition {
  const below = select(sql`category_from >= ${category.from} and category_from < ${category.to}`);
  return above.length === 0 ? below : sql`${below} union all ${select(among(sql`category_from`, above))}`;
}

interface Found {
  listing: string;
  storefront: string;
}

export interface Search {
  readonly cell: CellKey;
  /** Positions of the categories above the cell's. */
  readonly above: readonly number[];
  readonly castTie: number;
  readonly now: Instant;
  readonly isByHand: boolean;
  readonly perVendor: number;
  readonly limit: number;
}

/** `matches` and `orderQuotes` of rules.ts as one statement: the listings for a cell, in the published order. */
export async function findListings(view: View, home: HomeId, search: Search): Promise<Found[]> {
  const { cell } = search;
  const amount = cell.unit === 'any' ? sql`0` : sql`total_amount`;
  const fitting = bothWays(
    cell.category,
    search.above,
    (categoryFits) => sql`
      select listing, storefront, ${amount} as amount, (tie * ${search.castTie}) % ${TIE_PRIME} as mix,
        ${distanceClassOf(cell)} as class
      from market_ways where home_id = ${home} and ${categoryFits} and is_open = 1
        and is_by_hand = ${search.isByHand} and ${all(listingConditions(cell, search.now))}`,
  );
  const found = await sql<Found>`
    select listing, storefront from (
      select listing, storefront, class, amount, mix,
        row_number() over (partition by storefront order by class, amount, mix, listing) as place
      from (${fitting}) as fitting
    ) as placed
    where place <= ${search.perVendor} order by class, amount, mix, listing limit ${search.limit}`.execute(
    view.db,
  );
  return found.rows;
}

function listingConditions(cell: CellKey, now: Instant): Condition[] {
  const paid =
    cell.unit === 'any' ? sql`is_price = 1` : sql`unit = ${cell.unit} and total_amount <= ${cell.upTo}`;
  const least =
    cell.unit === 'any'
      ? []
      : [sql`(min_unit = '' or (min_unit = ${cell.unit} and min_amount <= ${cell.upTo}))`];
  return [
    paid,
    areaFits(cell),
    hasCode(sql`meets`, [cell.terms]),
    cell.buyer === 'person' ? sql`is_for_persons = 1` : sql`is_for_organisations = 1`,
    ...least,
    sql`days <= ${cell.days}`,
    sql`until_at > ${now}`,
  ];
}

function areaFits(cell: CellKey): Condition {
  if (cell.level === 4) return sql`1 = 1`;
  const world = sql`reach = ${REACH.world}`;
  const continent = among(sql`continent`, cell.continents);
  if (cell.level === 3) return any([world, continent]);
  const country = among(sql`country`, cell.countries);
  const wide = sql`(reach = ${REACH.continent} and ${continent})`;
  if (cell.level === 2) return any([world, wide, sql`(reach < ${REACH.continent} and ${country})`]);
  const { south, west, north, east } = cell.box;
  const near = sql`(reach = ${REACH.local} and south <= ${north} and north >= ${south}
    and west <= ${east} and east >= ${west})`;
  return any([world, wide, sql`(reach = ${REACH.country} and ${country})`, near]);
}

function distanceClassOf(cell: CellKey): Condition {
  if (cell.level === 4) return sql`${REACH.world} - reach`;
  if (cell.level === 3) {
    return sql`case when not ${among(sql`continent`, cell.continents)} then 1
      when reach >= ${REACH.continent} then 0 else 3 - reach end`;
  }
  if (cell.level === 2) {
    return sql`case when not ${among(sql`country`, cell.countries)} then (case when reach = ${REACH.world} then 2 else 1 end)
      when reach = ${REACH.local} then 3 else 0 end`;
  }
  const { south, west, north, east } = cell.box;
  return sql`case when lat_e6 >= ${south} and lat_e6 < ${north} and lon_e6 >= ${west} and lon_e6 < ${east} then 0
    else reach + 1 end`;
}

/** `matches` the other way round: the ids of the cells that a listing fits, ordered by id. */
export async function findCells(
  view: View,
  home: HomeId,
  listing: ListingKey,
  above: readonly number[],
  now: Instant,
): Promise<string[]> {
  if (listing.until <= now) return [];
  const least = listing.minBudget;
  const buyers = [
    ...(listing.isForPersons ? ['person'] : []),
    ...(listing.isForOrganisations ? ['organisation'] : []),
  ];
  const conditions = [
    cellAreaFits(listing),
    any([
      sql`unit = 'any'`,
      ...listing.ways.map((way) => sql`(unit = ${way.unit} and up_to_amount >= ${way.amount})`),
    ]),
    ...(least
      ? [any([sql`unit = 'any'`, sql`(unit = ${least.unit} and up_to_amount >= ${least.amount})`])]
      : []),
    among(sql`terms`, listing.meets),
    among(sql`buyer`, buyers),
    sql`days >= ${listing.days}`,
  ];
  const found = await sql<{ id: string }>`
    select id from (${bothWays(
      listing.category,
      above,
      (categoryFits) =>
        sql`select id from market_cells where home_id = ${home} and ${categoryFits} and ${all(conditions)}`,
    )}) as fitting order by id`.execute(view.db);
  return found.rows.map((row) => row.id);
}

function cellAreaFits(listing: ListingKey): Condition {
  if (listing.reach === REACH.world) return sql`1 = 1`;
  const continent = hasCode(sql`continents`, [listing.continent]);
  const country = hasCode(sql`countries`, [listing.country]);
  const { south, west, north, east } = listing.box;
  const near = sql`(south <= ${north} and north >= ${south} and west <= ${east} and east >= ${west})`;
  return any([
    sql`level = 4`,
    sql`(level = 3 and ${continent})`,
    listing.reach === REACH.continent ? sql`(level <= 2 and ${continent})` : sql`(level = 2 and ${country})`,
    ...(listing.reach === REACH.country ? [sql`(level < 2 and ${country})`] : []),
    ...(listing.reach === REACH.local ? [sql`(level < 2 and ${near})`] : []),
  ]);
}

/** The matcher's rows of a listing, one per way to pay. */
export function wayRows(
  home: HomeId,
  key: ListingKey,
  state: Pick<WayRow, 'is_open' | 'is_by_hand'>,
): WayRow[] {
  return key.ways.map((way, i) => ({
    home_id: home,
    listing: key.id,
    unit: way.unit,
    total_amount: way.amount,
    is_price: i === 0,
    ...state,
    storefront: key.storefront,
    category_from: key.category.from,
    category_to: key.category.to,
    reach: key.reach,
    country: key.country,
    continent: key.continent,
    lat_e6: key.latE6,
    lon_e6: key.lonE6,
    ...key.box,
    meets: codesText(key.meets),
    is_for_persons: key.isForPersons,
    is_for_organisations: key.isForOrganisations,
    min_unit: key.minBudget?.unit ?? '',
    min_amount: key.minBudget?.amount ?? 0n,
    days: key.days,
    until_at: key.until,
    tie: key.tie,
  }));
}

export function cellRow(home: HomeId, id: string, key: CellKey): CellRow {
  return {
    home_id: home,
    id,
    category_from: key.category.from,
    category_to: key.category.to,
    level: key.level,
    ...key.box,
    countries: codesText(key.countries),
    continents: codesText(key.continents),
    unit: key.unit,
    up_to_amount: key.upTo,
    days: key.days,
    terms: key.terms,
    buyer: key.buyer,
  };
}
