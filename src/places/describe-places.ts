import { regionName } from './countries.ts';
import type { AreaId, Box, Place } from './model.ts';
import { keyOf } from './names.ts';
import { isClear, rank } from './rank.ts';
import { distanceKm, levelOf } from './rules.ts';
import type { PlaceStore } from './store.ts';

/** How far and how large a place may be to tell two villages of a name apart by it. */
const KNOWN_PEOPLE = 50_000;

/** The English name of a country; its code when it is unknown. */
export function countryName(store: PlaceStore, code: string): string {
  return store.area(`c:${code}`)?.name ?? code;
}

/**
 * A place in words that tell it from its namesakes: 'Ghent, Belgium', 'Springfield, Illinois, United States',
 * 'Sainte-Marie (near Nantes), France'.
 */
export function describePlace(store: PlaceStore, place: Place): string {
  const region = regionOf(place);
  const country = countryName(store, place.country);
  if (region !== undefined) return `${place.name}, ${region}, ${country}`;
  const namesakes = store.named(keyOf(place.name)).filter((other) => other.country === place.country);
  const near =
    namesakes.length > 1 && namesakes[0]?.id !== place.id ? store.nearest(place, KNOWN_PEOPLE) : undefined;
  if (near === undefined || near.name === place.name) return `${place.name}, ${country}`;
  return `${place.name} (near ${near.name}), ${country}`;
}

function regionOf(place: Place): string | undefined {
  return ['US', 'CA', 'AU'].includes(place.country) ? regionName(place.country, place.region) : undefined;
}

/**
 * An area in words: 'around Ghent, Bruges and Aalst', 'the wider area of Antwerp, Ghent and Lille', 'Belgium',
 * 'Europe', 'anywhere'. Undefined when the text is no area id.
 */
export function labelArea(store: PlaceStore, id: AreaId): string | undefined {
  const area = store.area(id);
  if (area === undefined) return undefined;
  if (area.level === 4) return 'anywhere';
  if (area.level >= 2) return area.name;
  const around = area.level === 0 ? 'around' : 'the wider area of';
  const names = [...new Set(largestApart(store, area.box).map((place) => place.name))];
  if (names.length === 0) return emptyLabel(store, area.box);
  const [first] = largestApart(store, area.box);
  const where =
    first === undefined || isFirstReading(store, first)
      ? ''
      : ` (${regionOf(first) ?? countryName(store, first.country)})`;
  return `${around} ${listOf(names)}${where}`;
}

/** The three largest places of a box, parts of a city that bear its name left out. */
function largestApart(store: PlaceStore, box: Box): Place[] {
  const chosen: Place[] = [];
  for (const place of store.largestIn(box, 12)) {
    const part = chosen.some((other) => keyOf(place.name).startsWith(`${keyOf(other.name)} `));
    if (!part && chosen.length < 3) chosen.push(place);
  }
  return chosen;
}

/** Whether this place is who its bare name means to somebody of whom nothing is known. */
function isFirstReading(store: PlaceStore, place: Place): boolean {
  const matches = rank(store.named(keyOf(place.name)), place.name, {});
  return matches[0]?.place.id === place.id && isClear(matches);
}

function emptyLabel(store: PlaceStore, box: Box): string {
  const middle = {
    latE6: Math.floor((box.south + box.north) / 2),
    lonE6: Math.floor((box.west + box.east) / 2),
  };
  const nearest = store.nearest(middle, 0);
  if (nearest === undefined) return 'an empty area';
  const km = Math.round(distanceKm(middle, nearest) / 10) * 10;
  return `an empty area about ${Math.max(10, km)} km from ${nearest.name}, ${countryName(store, nearest.country)}`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The codes of the countries that have a known place in a cell; of a country, its own. Empty for other areas. */
export function countriesOf(store: PlaceStore, id: AreaId): string[] {
  const level = levelOf(id);
  if (level === 2) return [id.slice(2)];
  const area = level === 0 || level === 1 ? store.area(id) : undefined;
  return area === undefined ? [] : store.countriesIn(area.box);
}
