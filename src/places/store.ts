import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { continentOf } from './countries.ts';
import {
  type Area,
  type AreaId,
  type Box,
  gazetteerVersion,
  type Place,
  type Point,
  placeLimits,
} from './model.ts';
import { nearestIn, rowsOf, type Spot } from './nearest.ts';
import { gridBox, levelOf } from './rules.ts';

/** The queries of the gazetteer. All read only. */
export type PlaceStore = {
  named(key: string): Place[];
  isName(key: string): boolean;
  /** Whether any name of a place or country begins with these words and goes on with another. */
  goesOn(key: string): boolean;
  country(key: string): string | undefined;
  get(id: number): Place | undefined;
  nearest(point: Point, smallest: number): Place | undefined;
  largestIn(box: Box, limit: number): Place[];
  countriesIn(box: Box): string[];
  area(id: AreaId): (Area & { readonly name: string }) | undefined;
  close(): void;
};

const COLUMNS = `p.id, p.name, p.english, p.names, p.lat_e6, p.lon_e6, p.seat, p.country, p.region, p.population, z.name AS zone`;
const FROM = 'place p JOIN zone z ON z.id = p.zone';
const ROW = '(p.lat_e6 + 90000000) / 350000';
const SPOT = `${ROW} = ? AND p.lon_e6 BETWEEN ? AND ?`;
const SEATS = ['none', 'region', 'country'] as const;

/**
 * Opens a gazetteer that `buildGazetteer` wrote. Throws when the file is missing or of another version, which a
 * set-up that ran never leaves behind.
 */
export function openStore(path: string): PlaceStore {
  if (!existsSync(path)) throw new Error('the gazetteer has not been built');
  const db = new DatabaseSync(path, { readOnly: true });
  const version = db.prepare('PRAGMA user_version').get()?.user_version;
  if (version !== gazetteerVersion) {
    db.close();
    throw new Error(`the gazetteer has version ${String(version)}, not ${gazetteerVersion}: build it again`);
  }
  // A cache of 2 MB: what is looked up often fits, and the rest is left to the system's own cache.
  db.exec('PRAGMA cache_size = -2000; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY');
  const places = (sql: string) => {
    const statement = db.prepare(`SELECT ${COLUMNS} FROM ${sql}`);
    return (...values: SQLInputValue[]) => statement.all(...values).map(placeOf);
  };
  const named = places(`name n JOIN ${FROM.replace('place p', 'place p ON p.id = n.place')}
    WHERE n.key = ? ORDER BY p.population DESC, p.id LIMIT ${placeLimits.homonyms}`);
  const byId = places(`${FROM} WHERE p.id = ?`);
  const inRow = places(`${FROM} WHERE ${SPOT} AND p.lat_e6 BETWEEN ? AND ?`);
  const spots = db.prepare(
    `SELECT p.id, p.lat_e6, p.lon_e6 FROM place p WHERE ${SPOT} AND p.population >= ?`,
  );
  const isName = db.prepare('SELECT 1 FROM name WHERE key = ? LIMIT 1');
  const nextName = db.prepare('SELECT key FROM name WHERE key > ? ORDER BY key LIMIT 1');
  const nextCountry = db.prepare('SELECT key FROM country_name WHERE key > ? ORDER BY key LIMIT 1');
  const country = db.prepare('SELECT country FROM country_name WHERE key = ?');
  const area = db.prepare('SELECT name, south, west, north, east FROM area WHERE id = ?');
  const countries = db.prepare(
    `SELECT DISTINCT p.country FROM place p WHERE ${SPOT} AND p.lat_e6 BETWEEN ? AND ?`,
  );
  return {
    named,
    goesOn: (key) =>
      [nextName, nextCountry].some(
        (next) => textOf(next.get(`${key} `)?.key)?.startsWith(`${key} `) === true,
      ),
    isName: (key) => isName.get(key) !== undefined,
    country: (key) => textOf(country.get(key)?.country),
    get: (id) => byId(id)[0],
    nearest: (point, smallest) => {
      const id = nearestIn((row, west, east) => spots.all(row, west, east, smallest).map(spotOf), point);
      return id === undefined ? undefined : byId(id)[0];
    },
    largestIn: (box, limit) =>
      rowsOf(box)
        .flatMap((row) => inRow(row, ...within(box)))
        .sort((a, b) => b.population - a.population || a.id - b.id)
        .slice(0, limit),
    countriesIn: (box) => {
      const codes = rowsOf(box).flatMap((row) => countries.all(row, ...within(box)));
      return [...new Set(codes.map((found) => String(found.country)))].sort();
    },
    area: (id) => {
      const [level, row, grid] = [levelOf(id), area.get(id), gridBox(id)];
      if (level === undefined) return undefined;
      if (grid !== undefined) return { id, level, box: grid, name: '' };
      if (row === undefined) return undefined;
      const edge = (name: string) => Number(row[name]);
      const box = { south: edge('south'), west: edge('west'), north: edge('north'), east: edge('east') };
      return { id, level, box, name: String(row.name) };
    },
    close: () => db.close(),
  };
}

/** The edges of a cell for a query: what lies on its northern or eastern edge is in the next cell. */
function within(box: Box): [west: number, east: number, south: number, north: number] {
  return [box.west, box.east - 1, box.south, box.north - 1];
}

type Row = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function spotOf(row: Row): Spot {
  return { id: Number(row.id), latE6: Number(row.lat_e6), lonE6: Number(row.lon_e6) };
}

function placeOf(row: Row): Place {
  const country = String(row.country);
  const continent = continentOf(country);
  if (continent === undefined) throw new Error('the gazetteer holds a country without a continent');
  return {
    id: Number(row.id),
    name: textOf(row.english) ?? String(row.name),
    localName: String(row.name),
    names: Number(row.names),
    latE6: Number(row.lat_e6),
    lonE6: Number(row.lon_e6),
    country,
    region: String(row.region),
    continent,
    population: Number(row.population),
    timeZone: String(row.zone),
    seat: SEATS[Number(row.seat)] ?? 'none',
  };
}
