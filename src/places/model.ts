/** A spot on the globe in whole microdegrees: latitude within +-90,000,000, longitude within +-180,000,000. */
export type Point = { readonly latE6: number; readonly lonE6: number };

/**
 * A populated place. `id` is its GeoNames id, `name` what an English page calls it, `localName` what GeoNames
 * calls it, `names` how many other names it has (which tells how widely it is known), `country` ISO 3166-1 alpha-2, `region` the GeoNames first-level code inside the country ('' when
 * unknown), `population` 0 when unknown, `timeZone` an IANA zone.
 */
export type Place = Point & {
  readonly id: number;
  readonly name: string;
  readonly localName: string;
  readonly names: number;
  readonly country: string;
  readonly region: string;
  readonly continent: Continent;
  readonly population: number;
  readonly timeZone: string;
  readonly seat: Seat;
};

/** What is governed from a place. */
type Seat = 'country' | 'region' | 'none';

export type Continent = 'AF' | 'AN' | 'AS' | 'EU' | 'NA' | 'OC' | 'SA';

/** How coarse a place is told to a market: 0 = cell of 0.35 degree, 1 = cell of 1.4 degrees, 2 = country, 3 = continent, 4 = world. */
export type Level = 0 | 1 | 2 | 3 | 4;

/** `g0:ROW:COLUMN`, `g1:ROW:COLUMN`, `c:BE`, `k:EU` or `w`. Stable: it stands in signed records. */
export type AreaId = string;

/** Edges in microdegrees; `west` is greater than `east` where the box crosses longitude 180 (RFC 7946, 5.2). */
export type Box = {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
};

/** An area as the market sees it. The box of a country or continent spans its known places, not its borders. */
export type Area = { readonly id: AreaId; readonly level: Level; readonly box: Box };

/** What is already known about the asker: their country and where they usually are. */
export type PlaceHint = { readonly country?: string; readonly near?: Point };

/** One reading of a name. `own` is true when the name is the place's own or English one and not another name. */
export type PlaceMatch = { readonly place: Place; readonly own: boolean; readonly weight: number };

/**
 * - `clear`: the first match is meant.
 * - `area`: the name is a country's or continent's: see `areas`. Places of that name in it may be meant too.
 * - `region`: the name is a state's or province's: see `regions`; no place of that name in it is known.
 * - `several`: places of comparable plausibility share the name.
 * - `not-there`: the name exists, but not in the country or region that was said.
 * - `unread`: part of the text (after a comma) names nothing that is known.
 * - `unknown`: no place has this name.
 */
export type SearchOutcome = 'clear' | 'area' | 'region' | 'several' | 'not-there' | 'unread' | 'unknown';

/**
 * Matches, best first. `ask` is true unless the first one is clearly meant. `areas` holds the country or continent
 * of that name, `regions` the states.
 */
export type PlaceSearch = {
  readonly outcome: SearchOutcome;
  readonly ask: boolean;
  readonly matches: readonly PlaceMatch[];
  readonly areas: readonly AreaId[];
  readonly regions: readonly Region[];
};

/** A first-level division whose names are known: a US state, a Canadian province, a nation of the United Kingdom. */
export type Region = { readonly country: string; readonly code: string; readonly name: string };

/**
 * A name found in a sentence: the words `from` up to, not including, `to`. `ordinaryWord` warns that the same word
 * is common English ("reading", "nice"), so that only a capital and a preposition make it a place.
 */
export type PlaceSpan = PlaceSearch & {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly ordinaryWord: boolean;
};

/** The limits of this room. */
export const placeLimits = {
  /** Longest name that is looked up, in UTF-16 units; anything longer is unknown. */
  nameLength: 200,
  /** Most words of one place name. */
  nameWords: 8,
  /** Most matches that a search returns. */
  matches: 8,
  /** Most words of a sentence that are scanned; the rest is ignored. */
  sentenceWords: 400,
  /** Most homonyms that are weighed for one name. */
  homonyms: 400,
} as const;

/** Raised with every change of the gazetteer's tables or content, so that an older file is built again. */
export const gazetteerVersion = 1;
