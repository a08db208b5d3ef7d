import { continentOf } from './countries.ts';
import type { AreaId, Box, Continent, Level, Point } from './model.ts';

// The grid starts at the south pole and longitude -180, so that indices are never negative. Four small cells
// make one large one. 360 degrees are no whole number of cells: the last column takes in the remainder, since a
// sliver along longitude 180 would hold too few people to hide among.
const SMALL = 350_000;
const LARGE = 4 * SMALL;
const LAST_SMALL_COLUMN = Math.floor(360_000_000 / LARGE) * 4 - 1;
const LAST_LARGE_COLUMN = (LAST_SMALL_COLUMN - 3) / 4;
const LAST_SMALL_ROW = Math.floor(180_000_000 / SMALL);
const LAST_LARGE_ROW = Math.floor(LAST_SMALL_ROW / 4);

/** Mean Earth radius in kilometres (IUGG). */
const EARTH_KM = 6371.0088;

const WORLD: Box = { south: -90_000_000, west: -180_000_000, north: 90_000_000, east: 180_000_000 };

type ParsedArea =
  | { readonly kind: 'grid'; readonly level: 0 | 1; readonly row: number; readonly column: number }
  | { readonly kind: 'country'; readonly level: 2; readonly country: string; readonly continent: Continent }
  | { readonly kind: 'continent'; readonly level: 3; readonly continent: Continent }
  | { readonly kind: 'world'; readonly level: 4 };

/** Great-circle distance in kilometres (haversine on a sphere; within 0.6 % of the ellipsoid). */
export function distanceKm(a: Point, b: Point): number {
  const radians = (e6: number) => (e6 / 1e6) * (Math.PI / 180);
  const sinLat = Math.sin(radians(b.latE6 - a.latE6) / 2);
  const sinLon = Math.sin(radians(b.lonE6 - a.lonE6) / 2);
  const h = sinLat * sinLat + Math.cos(radians(a.latE6)) * Math.cos(radians(b.latE6)) * sinLon * sinLon;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * The one way to write a spot: longitude 180 is -180, and a pole, where every longitude is the same spot, has
 * longitude 0. Throws RangeError for anything but whole microdegrees within the globe.
 */
export function canonicalPoint(point: Point): Point {
  const { latE6, lonE6 } = point;
  if (!Number.isInteger(latE6) || Math.abs(latE6) > 90_000_000) throw new RangeError('latitude out of range');
  if (!Number.isInteger(lonE6) || Math.abs(lonE6) > 180_000_000)
    throw new RangeError('longitude out of range');
  if (Math.abs(latE6) === 90_000_000) return { latE6, lonE6: 0 };
  return { latE6, lonE6: lonE6 === 180_000_000 ? -180_000_000 : lonE6 };
}

/** The grid cell that holds a point. */
export function cellOf(point: Point, level: 0 | 1): AreaId {
  const { latE6, lonE6 } = canonicalPoint(point);
  const row = Math.floor((latE6 + 90_000_000) / SMALL);
  const column = Math.min(Math.floor((lonE6 + 180_000_000) / SMALL), LAST_SMALL_COLUMN);
  return level === 0 ? `g0:${row}:${column}` : `g1:${Math.floor(row / 4)}:${Math.floor(column / 4)}`;
}

/** The area of a level around a spot in a country; undefined when a country is needed and not known. */
export function areaIdOf(where: Point & { readonly country: string }, level: Level): AreaId | undefined {
  if (level === 0 || level === 1) return cellOf(where, level);
  if (level === 4) return 'w';
  const continent = continentOf(where.country);
  if (continent === undefined) return undefined;
  return level === 2 ? `c:${where.country}` : `k:${continent}`;
}

function parseArea(id: AreaId): ParsedArea | undefined {
  if (id === 'w') return { kind: 'world', level: 4 };
  const grid = /^g([01]):(0|[1-9]\d{0,3}):(0|[1-9]\d{0,3})$/u.exec(id);
  if (grid !== null) {
    const [level, row, column] = [grid[1] === '0' ? 0 : 1, Number(grid[2]), Number(grid[3])] as const;
    const inside =
      level === 0
        ? row <= LAST_SMALL_ROW && column <= LAST_SMALL_COLUMN
        : row <= LAST_LARGE_ROW && column <= LAST_LARGE_COLUMN;
    return inside ? { kind: 'grid', level, row, column } : undefined;
  }
  const [kind, code, ...rest] = id.split(':');
  if (code === undefined || rest.length > 0) return undefined;
  if (kind === 'c') {
    const continent = continentOf(code);
    return continent && { kind: 'country', level: 2, country: code, continent };
  }
  return kind === 'k' && isContinent(code) ? { kind: 'continent', level: 3, continent: code } : undefined;
}

function isContinent(code: string): code is Continent {
  return ['AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA'].includes(code);
}

/** The level of an area; undefined when the text is no area id. */
export function levelOf(id: AreaId): Level | undefined {
  return parseArea(id)?.level;
}

/** The country of a `c:` area, the continent of a `k:` area; undefined for any other. */
export function codeOf(id: AreaId): string | undefined {
  const area = parseArea(id);
  if (area?.kind === 'country') return area.country;
  return area?.kind === 'continent' ? area.continent : undefined;
}

/** The box of a grid cell or of the world; undefined for other areas, whose boxes the gazetteer knows. */
export function gridBox(id: AreaId): Box | undefined {
  const area = parseArea(id);
  if (area?.kind === 'world') return WORLD;
  if (area?.kind !== 'grid') return undefined;
  const [step, lastColumn] = area.level === 0 ? [SMALL, LAST_SMALL_COLUMN] : [LARGE, LAST_LARGE_COLUMN];
  const south = WORLD.south + area.row * step;
  const west = WORLD.west + area.column * step;
  return {
    south,
    west,
    north: Math.min(south + step, WORLD.north),
    east: area.column === lastColumn ? WORLD.east : west + step,
  };
}

/**
 * The areas around an area, smallest first. A cell may lie in several countries, so those above it are only
 * listed for the `country` that is given.
 */
export function parents(id: AreaId, country?: string): AreaId[] {
  const area = parseArea(id);
  if (area === undefined || area.kind === 'world') return [];
  if (area.kind === 'continent') return ['w'];
  if (area.kind === 'country') return [`k:${area.continent}`, 'w'];
  const cells = area.level === 0 ? [`g1:${Math.floor(area.row / 4)}:${Math.floor(area.column / 4)}`] : [];
  const continent = country === undefined ? undefined : continentOf(country);
  return continent === undefined ? [...cells, 'w'] : [...cells, `c:${country}`, `k:${continent}`, 'w'];
}

/** What can be asked of an area: a spot, a country, or a spot in a country. */
type Where = Point | { readonly country: string } | (Point & { readonly country: string });

/** Whether an area is known to contain a spot or a whole country. False when what was given does not tell. */
export function areaContains(id: AreaId, where: Where): boolean {
  const area = parseArea(id);
  if (area === undefined) return false;
  if (area.kind === 'world') return true;
  if (area.kind === 'grid') return 'latE6' in where && cellOf(where, area.level) === id;
  if (!('country' in where)) return false;
  if (area.kind === 'country') return where.country === area.country;
  return continentOf(where.country) === area.continent;
}

/** Whether `inner` lies wholly in `outer`; for a cell, above the grid, by the country it is known to be in. */
export function areaWithin(inner: AreaId, outer: AreaId, country?: string): boolean {
  if (levelOf(inner) === undefined) return false;
  return inner === outer || parents(inner, country).includes(outer);
}

/** The smallest box around some points, across longitude 180 where that is narrower; the world around none. */
export function boxAround(points: readonly Point[]): Box {
  const longitudes = points.map((point) => point.lonE6).sort((a, b) => a - b);
  const latitudes = points.map((point) => point.latE6).sort((a, b) => a - b);
  const [south, north, first] = [latitudes[0], latitudes.at(-1), longitudes[0]];
  const last = longitudes.at(-1);
  if (south === undefined || north === undefined || first === undefined || last === undefined) return WORLD;
  let [west, east] = [first, last];
  let widest = first + 360_000_000 - last;
  for (const [i, longitude] of longitudes.entries()) {
    const next = longitudes[i + 1];
    if (next === undefined || next - longitude <= widest) continue;
    widest = next - longitude;
    [west, east] = [next, longitude];
  }
  return { south, west, north, east };
}

/** Whether a box holds a point, its edges included. */
export function boxContains(box: Box, point: Point): boolean {
  const { latE6, lonE6 } = point;
  if (latE6 < box.south || latE6 > box.north) return false;
  if (box.west <= box.east) return lonE6 >= box.west && lonE6 <= box.east;
  return lonE6 >= box.west || lonE6 <= box.east;
}
