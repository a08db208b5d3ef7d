import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { continentNames, continentOf, countryCodes } from './countries.ts';
import { countryRows, englishCountryName, largeOwnNames } from './country-source.ts';
import { nameRows, readPlaces, type SourcePlace } from './gazetteer-source.ts';
import { gazetteerVersion } from './model.ts';
import { boxAround } from './rules.ts';

const TABLES = `
  CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, english TEXT, names INTEGER NOT NULL, lat_e6 INTEGER NOT NULL, lon_e6 INTEGER NOT NULL,
    seat INTEGER NOT NULL, country TEXT NOT NULL, region TEXT NOT NULL, population INTEGER NOT NULL, zone INTEGER NOT NULL
  );
  CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
  CREATE TABLE country_name (key TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE area (
    id TEXT PRIMARY KEY, name TEXT NOT NULL,
    south INTEGER NOT NULL, west INTEGER NOT NULL, north INTEGER NOT NULL, east INTEGER NOT NULL
  ) WITHOUT ROWID;`;

// Rows of the small grid, west to east: every look-up by position is a few ranges of this index.
const INDEX = 'CREATE INDEX place_spot ON place ((lat_e6 + 90000000) / 350000, lon_e6)';

/**
 * Builds the gazetteer from a GeoNames dump. The file appears whole or not at all: it is written as `<out>.part`
 * and renamed. Throws when the source is missing or not understood.
 */
export function buildGazetteer(
  source: string,
  out: string,
): { places: number; names: number; bytes: number } {
  const places = readPlaces(readFileSync(source, 'utf8'));
  const names = nameRows(places);
  const part = `${out}.part`;
  rmSync(part, { force: true });
  const db = new DatabaseSync(part);
  try {
    db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096; BEGIN;${TABLES}`);
    putPlaces(db, places);
    putAll(db, 'INSERT INTO name VALUES (?, ?)', names);
    putAll(db, 'INSERT INTO country_name VALUES (?, ?)', countryRows(largeOwnNames(places)));
    putAll(db, 'INSERT INTO area VALUES (?, ?, ?, ?, ?, ?)', areaRows(places));
    db.exec(`${INDEX}; PRAGMA user_version = ${gazetteerVersion}; COMMIT; VACUUM`);
  } finally {
    db.close();
  }
  renameSync(part, out);
  return { places: places.length, names: names.length, bytes: statSync(out).size };
}

function putAll(db: DatabaseSync, sql: string, rows: Iterable<readonly (string | number | null)[]>): void {
  const statement = db.prepare(sql);
  for (const row of rows) statement.run(...row);
}

function putPlaces(db: DatabaseSync, places: readonly SourcePlace[]): void {
  const zones = new Map<string, number>();
  for (const { timeZone } of places) if (!zones.has(timeZone)) zones.set(timeZone, zones.size);
  const rows = places
    .toSorted((a, b) => a.id - b.id)
    .map((p) => {
      const zone = zones.get(p.timeZone) ?? 0;
      return [
        p.id,
        p.localName,
        p.english,
        p.others.length,
        p.latE6,
        p.lonE6,
        p.seat,
        p.country,
        p.region,
        p.population,
        zone,
      ];
    });
  putAll(db, 'INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', rows);
  putAll(
    db,
    'INSERT INTO zone VALUES (?, ?)',
    [...zones].map(([name, id]) => [id, name] as const),
  );
}

function areaRows(places: readonly SourcePlace[]): (string | number)[][] {
  const groups = new Map<string, SourcePlace[]>();
  for (const place of places) {
    for (const id of [`c:${place.country}`, `k:${continentOf(place.country)}`]) {
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [place]);
      else group.push(place);
    }
  }
  const row = (id: string, name: string) => {
    const box = boxAround(groups.get(id) ?? []);
    return [id, name, box.south, box.west, box.north, box.east];
  };
  return [
    ...countryCodes.map((code) => row(`c:${code}`, englishCountryName(code))),
    ...Object.entries(continentNames).map(([code, name]) => row(`k:${code}`, name)),
  ];
}
