import { countryCodes } from './countries.ts';
import { englishNames, nicknames } from './english-names.ts';
import type { Point } from './model.ts';
import { formsOf, isJunkName, keyOf } from './names.ts';

/** One line of the source, as the build needs it. `english` is null when the local name is used in English. */
export type SourcePlace = Point & {
  readonly id: number;
  readonly localName: string;
  readonly asciiName: string;
  readonly others: readonly string[];
  readonly seat: 0 | 1 | 2;
  readonly country: string;
  readonly region: string;
  readonly population: number;
  readonly timeZone: string;
  english: string | null;
};

/** Columns of a line. */
const FIELDS = 19;
/** A part of a town this small is left out: it is found by the name of its town. */
const SMALLEST_PART = 15_000;
/** Historical, abandoned and destroyed places, and former capitals. */
const GONE = new Set(['PPLH', 'PPLCH', 'PPLQ', 'PPLW']);

/** Reads the tab-separated lines of a GeoNames dump ("geoname" table); a line that does not parse throws. */
export function readPlaces(text: string): SourcePlace[] {
  const places: SourcePlace[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const place = readLine(line.split('\t'));
    if (place !== undefined) places.push(place);
  }
  nameInEnglish(places);
  return places;
}

function readLine(fields: readonly string[]): SourcePlace | undefined {
  const [id, localName, asciiName, others, latitude, longitude, , code] = fields;
  const [country, , region = '', , , , population] = fields.slice(8);
  const timeZone = fields[17];
  if (fields.length !== FIELDS || id === undefined || localName === undefined || asciiName === undefined) {
    throw new Error(`a line of the source of places has ${fields.length} fields, not ${FIELDS}`);
  }
  const small = Number(population) < SMALLEST_PART;
  if (GONE.has(code ?? '') || (code === 'PPLX' && small)) return undefined;
  const place = {
    id: Number(id),
    localName,
    asciiName,
    others: others ? others.split(',') : [],
    latE6: Math.round(Number(latitude) * 1e6),
    lonE6: Math.round(Number(longitude) * 1e6),
    seat: code === 'PPLC' ? (2 as const) : code === 'PPLA' ? (1 as const) : (0 as const),
    country: country ?? '',
    region,
    population: Number(population),
    timeZone: timeZone ?? '',
    english: null,
  };
  const whole = [place.id, place.latE6, place.lonE6, place.population].every(Number.isInteger);
  if (!whole || !countryCodes.includes(place.country)) {
    throw new Error(`place ${place.id} of the source is not understood`);
  }
  return place;
}

function nameInEnglish(places: readonly SourcePlace[]): void {
  for (const [place, english] of matched(places, englishNames)) place.english = english;
}

/** Pairs each 'local=value' of a table by country with the most populous place of that name there. */
function matched(
  places: readonly SourcePlace[],
  table: Readonly<Record<string, readonly string[]>>,
): [place: SourcePlace, value: string][] {
  const values = new Map<string, string>();
  for (const [country, pairs] of Object.entries(table)) {
    for (const pair of pairs) {
      const [local = '', value = ''] = pair.split('=');
      values.set(`${country} ${local}`, value);
    }
  }
  const largest = new Map<string, SourcePlace>();
  for (const place of places) {
    const name = `${place.country} ${place.localName}`;
    if (values.has(name) && place.population >= (largest.get(name)?.population ?? 0))
      largest.set(name, place);
  }
  return [...largest].map(([name, place]) => [place, values.get(name) ?? '']);
}

/** Every (key, place id) under which a place is found, sorted by key. */
export function nameRows(places: readonly SourcePlace[]): [key: string, place: number][] {
  const rows: [string, number][] = [];
  for (const place of places) {
    const own = [place.localName, place.asciiName, place.english ?? ''].flatMap(formsOf);
    const others = place.others.filter((name) => !isJunkName(name));
    const keys = new Set([...own, ...others].map(keyOf));
    keys.delete('');
    for (const key of keys) rows.push([key, place.id]);
  }
  for (const [place, nickname] of matched(places, nicknames)) rows.push([keyOf(nickname), place.id]);
  rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]));
  return rows.filter((row, i) => row[0] !== rows[i - 1]?.[0] || row[1] !== rows[i - 1]?.[1]);
}
