import type { Place, PlaceHint, PlaceMatch, PlaceSearch, SearchOutcome } from './model.ts';
import { placeLimits } from './model.ts';
import { formsOf, keyOfSpelling, spellingOf } from './names.ts';
import { distanceKm } from './rules.ts';

// How plausible a reading is: people, times what follows. Set by hand against the list in find-places.test.ts.

/** The best is clear when it is this many times as plausible as any other. */
const CLEAR = 5;
/** By how a place bears the name: its own, the first words of its own, its own with 'Saint' for 'St.', another. */
const BEARS = { own: 1, short: 0.5, folded: 0.2, other: 0.01 } as const;
/** People at home use the names of all their languages ('Bergen' for Mons in Belgium). */
const OTHER_AT_HOME = 0.05;
const SEAT = { country: 3, region: 1.5, none: 1 } as const;
/** Where the asker lives outweighs size thirtyfold. */
const HOME_COUNTRY = 30;
/** Next door outweighs size a hundredfold, fading with the square of the distance over 50 km. */
const NEXT_DOOR = 100;
const FADE_KM = 50;
/** Villages are not told apart by their size, nor obscure places by the number of their names. */
const FEWEST_PEOPLE = 500;
const FEWEST_NAMES = 5;
/** Two places of a name this close are no reason to ask: the cell that the market sees is as wide. */
const SAME_PLACE_KM = 15;

function bears(place: Place, spelling: string): keyof typeof BEARS {
  const forms = [place.name, place.localName].flatMap(formsOf).map(spellingOf);
  if (forms.includes(spelling)) return 'own';
  if (forms.some((form) => form.startsWith(`${spelling} `))) return 'short';
  return forms.some((form) => keyOfSpelling(form) === keyOfSpelling(spelling)) ? 'folded' : 'other';
}

/** Places of one name, most plausible first, weighed with what is known about the asker. */
export function rank(places: readonly Place[], name: string, hint: PlaceHint): PlaceMatch[] {
  const spelling = spellingOf(name);
  return places
    .map((place) => {
      const how = bears(place, spelling);
      const atHome = how === 'other' && hint.country === place.country;
      return { place, own: how === 'own', weight: weigh(place, atHome ? OTHER_AT_HOME : BEARS[how], hint) };
    })
    .sort((a, b) => b.weight - a.weight || a.place.id - b.place.id);
}

function weigh(place: Place, bearing: number, hint: PlaceHint): number {
  const people = Math.max(place.population, FEWEST_PEOPLE);
  const known = Math.max(place.names, FEWEST_NAMES);
  const home = hint.country === place.country ? HOME_COUNTRY : 1;
  const near =
    hint.near === undefined ? 1 : 1 + NEXT_DOOR / (1 + (distanceKm(hint.near, place) / FADE_KM) ** 2);
  return people * known * SEAT[place.seat] * bearing * home * near;
}

/** Whether the first of some ranked matches is clearly meant. */
export function isClear(matches: readonly PlaceMatch[]): boolean {
  const [best] = matches;
  if (best === undefined) return false;
  return matches
    .slice(1)
    .every(
      (other) => other.weight * CLEAR <= best.weight || distanceKm(other.place, best.place) <= SAME_PLACE_KM,
    );
}

/** The answer for ranked matches: clear or a question, unless `outcome` already says why to ask. */
export function answer(matches: readonly PlaceMatch[], outcome?: SearchOutcome): PlaceSearch {
  const found = outcome ?? (matches.length === 0 ? 'unknown' : isClear(matches) ? 'clear' : 'several');
  return {
    outcome: found,
    ask: found !== 'clear',
    matches: matches.slice(0, placeLimits.matches),
    areas: [],
    regions: [],
  };
}
