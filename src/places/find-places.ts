import { type Place, type PlaceHint, type PlaceMatch, type PlaceSearch, placeLimits } from './model.ts';
import { keyOfSpelling, spellingOf } from './names.ts';
import { areasNamed, fits, type Lookup, type Qualifier, readQualifiers, regionsNamed } from './qualifiers.ts';
import { answer, rank } from './rank.ts';
import { areaContains, distanceKm } from './rules.ts';

/** Words before a name that say where about it, not which. */
const ABOUT = /^(?:the |city of |town of |greater |central |downtown |inner |old )+/u;
/** A place that bears a country's name is meant rather than the country this near the asker. */
const NEXT_DOOR_KM = 100;

/**
 * Finds the places that a text names: a name alone ('Gand'), with a country or state after a comma or a space
 * ('Ghent, Kentucky', 'Springfield IL'), or with a larger place ('Waterloo, Brussels').
 */
export function findPlaces(lookup: Lookup, text: string, hint: PlaceHint): PlaceSearch {
  if (text.length > placeLimits.nameLength) return answer([]);
  const parts = text.split(/[,()]/u).map(spellingOf);
  const [head = '', ...tail] = parts.filter((part) => part !== '');
  if (head === '') return answer([]);
  return tail.length > 0 ? findWithin(lookup, head, tail, hint) : findPlain(lookup, head, hint);
}

function findPlain(lookup: Lookup, spelling: string, hint: PlaceHint): PlaceSearch {
  const whole = searchName(lookup, spelling, hint);
  if (whole.outcome !== 'unknown') return whole;
  const words = spelling.split(' ').slice(0, 2 * placeLimits.nameWords);
  for (let cut = words.length - 1; cut > 0; cut -= 1) {
    const name = words.slice(0, cut).join(' ');
    const qualifiers = readQualifiers(lookup, words.slice(cut));
    if (qualifiers !== undefined && lookup.store.isName(keyOfSpelling(name))) {
      return narrow(lookup.store.named(keyOfSpelling(name)), name, qualifiers, hint);
    }
  }
  const bare = spelling
    .replace(ABOUT, '')
    .replace(/(?<![^ ])\d+(?![^ ])/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();
  return bare === '' || bare === spelling ? whole : findPlain(lookup, bare, hint);
}

function findWithin(lookup: Lookup, head: string, tail: readonly string[], hint: PlaceHint): PlaceSearch {
  const places = placesNamed(lookup, head);
  if (places.length === 0) return findPlain(lookup, head, hint);
  const qualifiers: Qualifier[] = [];
  let unread = false;
  for (const part of tail) {
    const words = part.split(' ').filter((word) => !/^\d+$/u.test(word));
    if (words.length === 0) continue;
    const read = readQualifiers(lookup, words);
    const near = read === undefined ? placesNamed(lookup, words.join(' ')) : [];
    if (read !== undefined) qualifiers.push(...read);
    else if (near.length > 0) qualifiers.push({ countries: [], regions: [], near });
    else unread = true;
  }
  if (qualifiers.length > 0) return narrow(places, head, qualifiers, hint);
  return unread ? answer(rank(places, head, hint), 'unread') : searchName(lookup, head, hint);
}

/** Keeps the places that fit every qualifier; when none does, the others are shown and asked about. */
export function narrow(
  places: readonly Place[],
  name: string,
  qualifiers: readonly Qualifier[],
  hint: PlaceHint,
): PlaceSearch {
  const fitting = places.filter((place) => qualifiers.every((qualifier) => fits(place, qualifier)));
  return fitting.length > 0
    ? answer(rank(fitting, name, hint))
    : answer(rank(places, name, hint), 'not-there');
}

/** Everything that one spelling names, without reading it as a name and something that narrows it. */
export function searchName(lookup: Lookup, spelling: string, hint: PlaceHint): PlaceSearch {
  const matches = rank(placesNamed(lookup, spelling), spelling, hint);
  const [areas, regions] = [areasNamed(lookup, spelling), regionsNamed(lookup, spelling)];
  const [area] = areas;
  if (area !== undefined) {
    const nextDoor = ({ place }: PlaceMatch) =>
      hint.near !== undefined && distanceKm(hint.near, place) <= NEXT_DOOR_KM;
    const within = matches.filter((match) => areaContains(area, match.place) || nextDoor(match));
    return { ...answer(area.startsWith('k:') ? [] : within, 'area'), areas, regions };
  }
  const best = matches[0]?.place;
  const inRegion = regions.some((region) => region.country === best?.country && region.code === best.region);
  return { ...answer(matches, regions.length > 0 && !inRegion ? 'region' : undefined), regions };
}

/** The places of a name in any of the spellings that stand for it. */
export function placesNamed(lookup: Lookup, spelling: string): Place[] {
  const key = keyOfSpelling(spelling);
  const places = lookup.store.named(key);
  // 'Muenchen' is how München is typed without the letter.
  return places.length > 0 || !/[aou]e/u.test(key)
    ? places
    : lookup.store.named(key.replace(/([aou])e/gu, '$1'));
}
