import { countriesOf, countryName, describePlace, labelArea } from './describe-places.ts';
import { findPlaces } from './find-places.ts';
import type { Area, AreaId, Level, Place, PlaceHint, PlaceSearch, PlaceSpan, Point } from './model.ts';
import { findCountry, type Lookup } from './qualifiers.ts';
import { regionTable } from './region-table.ts';
import { areaIdOf, canonicalPoint } from './rules.ts';
import { scanNames } from './scan-names.ts';
import { openStore } from './store.ts';

/** The gazetteer, read only. Every answer is computed at once and nothing is kept but a page cache of 2 MB. */
export type Places = {
  /** The places that a text names, best first, and whether to ask. */
  find(text: string, hint?: PlaceHint): PlaceSearch;
  /** The names of places, countries and states in a sentence cut into words. */
  scanNames(tokens: readonly string[], hint?: PlaceHint): PlaceSpan[];
  /** The place of a GeoNames id. */
  get(id: number): Place | undefined;
  /** The place nearest to a spot, of at least `smallest` people (0). */
  nearest(latE6: number, lonE6: number, smallest?: number): Place | undefined;
  /** The area of a level around a place or spot; a bare spot is in the country of the place nearest to it. */
  areaOf(where: Point | Place, level: Level): Area;
  /** The area of an id; undefined when the text is none. */
  area(id: AreaId): Area | undefined;
  /** An area in words: 'around Ghent, Bruges and Aalst'. Undefined when the text is no area id. */
  areaLabel(id: AreaId): string | undefined;
  /** The countries that have a known place in a cell, sorted; of a country area, its own. */
  countriesOf(id: AreaId): string[];
  /** A place in words that tell it from its namesakes: 'Springfield, Illinois, United States'. */
  describe(place: Place): string;
  /** The ISO 3166-1 code of a country's name in English, its own or another large language, or of its code. */
  findCountry(name: string): string | undefined;
  /** The English name of a country code; the code itself when unknown. */
  countryName(code: string): string;
  close(): void;
};

/** Opens the gazetteer at `path`. Throws when set-up has not built it, or has built another version. */
export function openPlaces(path: string): Places {
  const store = openStore(path);
  const lookup: Lookup = { store, regions: regionTable() };
  const area = (id: AreaId): Area | undefined => {
    const found = store.area(id);
    return found && { id: found.id, level: found.level, box: found.box };
  };
  return {
    find: (text, hint = {}) => findPlaces(lookup, text, hint),
    scanNames: (tokens, hint = {}) => scanNames(lookup, tokens, hint),
    get: store.get,
    nearest: (latE6, lonE6, smallest = 0) => store.nearest({ latE6, lonE6 }, smallest),
    areaOf: (where, level) => {
      const point = canonicalPoint(where);
      const country = 'country' in where ? where.country : (store.nearest(point, 0)?.country ?? '');
      const found = area(areaIdOf({ ...point, country }, level) ?? '');
      if (found === undefined) throw new Error(`no area of level ${level} for the country given`);
      return found;
    },
    area,
    areaLabel: (id) => labelArea(store, id),
    countriesOf: (id) => countriesOf(store, id),
    describe: (place) => describePlace(store, place),
    findCountry: (name) => findCountry(lookup, name),
    countryName: (code) => countryName(store, code),
    close: store.close,
  };
}
