import { continentNames } from './countries.ts';
import { type AreaId, type Place, placeLimits, type Region } from './model.ts';
import { keyOf, keyOfSpelling, spellingOf } from './names.ts';
import type { RegionTable } from './region-table.ts';
import { distanceKm } from './rules.ts';
import type { PlaceStore } from './store.ts';

/** What narrows a name: it holds for a place that fits any of these. */
export type Qualifier = {
  readonly countries: readonly string[];
  readonly regions: readonly Region[];
  readonly near: readonly Place[];
};

/** What the readers of names look things up in. */
export type Lookup = { readonly store: PlaceStore; readonly regions: RegionTable };

/** A place named after another lies within this many kilometres of it ('Waterloo, Brussels'). */
const NEAR_KM = 60;

/** Whether a place lies where a qualifier says. */
export function fits(place: Place, qualifier: Qualifier): boolean {
  return (
    qualifier.countries.includes(place.country) ||
    qualifier.regions.some((region) => region.country === place.country && region.code === place.region) ||
    qualifier.near.some((other) => other.id !== place.id && distanceKm(other, place) <= NEAR_KM)
  );
}

/** Reads words as countries and regions only, longest first; undefined when any word is left over. */
export function readQualifiers(lookup: Lookup, words: readonly string[]): Qualifier[] | undefined {
  const read: Qualifier[] = [];
  let from = 0;
  while (from < words.length) {
    const next = longestQualifier(lookup, words, from);
    if (next === undefined) return undefined;
    read.push(next.qualifier);
    from = next.to;
  }
  return read;
}

function longestQualifier(lookup: Lookup, words: readonly string[], from: number) {
  for (let to = Math.min(words.length, from + placeLimits.nameWords); to > from; to -= 1) {
    const qualifier = qualifierOf(lookup, words.slice(from, to).join(' '));
    if (qualifier !== undefined) return { qualifier, to };
  }
  return undefined;
}

/** A country or region by name or code; a code may be both, and then either fits ('CA', 'Georgia'). */
export function qualifierOf(lookup: Lookup, spelling: string): Qualifier | undefined {
  const country = findCountry(lookup, spelling);
  const regions = lookup.regions.named.get(keyOfSpelling(spelling)) ?? [];
  if (country === undefined && regions.length === 0) return undefined;
  return { countries: country === undefined ? [] : [country], regions, near: [] };
}

/** The country of a name in English, its own or another large language, or of an ISO code; undefined if none. */
export function findCountry(lookup: Lookup, name: string): string | undefined {
  if (name.length > placeLimits.nameLength) return undefined;
  const spelling = spellingOf(name);
  const code = spelling.toUpperCase();
  return lookup.store.country(keyOfSpelling(spelling)) ?? (lookup.store.area(`c:${code}`) && code);
}

/** The country or continent that a spelling is a name, not a code, of. */
export function areasNamed(lookup: Lookup, spelling: string): AreaId[] {
  const country = lookup.store.country(keyOfSpelling(spelling));
  if (country !== undefined) return [`c:${country}`];
  const continent = Object.entries(continentNames).find(([, name]) => keyOf(name) === spelling);
  return continent === undefined ? [] : [`k:${continent[0]}`];
}

/** The states and provinces that a spelling is a name, not a code, of. */
export function regionsNamed(lookup: Lookup, spelling: string): readonly Region[] {
  return spelling.length > 3 ? (lookup.regions.named.get(keyOfSpelling(spelling)) ?? []) : [];
}
