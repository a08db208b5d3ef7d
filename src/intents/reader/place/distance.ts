import { FIGURES, NUMBER, readNumber, scaled } from '../numbers.ts';
import { CLAUSE_END, pattern, type Sentence, type Span } from '../sentence.ts';

/** How far from the place, in whole kilometres. */
interface Distance extends Span {
  readonly km: number;
  /** Whether a place has to follow: "10 km from". */
  readonly needsPlace: boolean;
}

const UNIT = '(?<unit>kms?|kilomet(?:er|re)s?|k\\.m\\.|mi\\b|miles?|minutes?|mins?)(?![a-z])';
const LEAD =
  '(?:with ?in|in|inside|up to|max(?:imum)?\\.?|not (?:more|further|farther) th[ae]n|no (?:more|further|farther) th[ae]n|less th[ae]n|at most|under|about|around|(?:an? )?radius(?: of)?|(?:a )?(?:maximum )?distance(?: of)?|roughly|~|<)';
const AROUND = '(?:from|of|around|away from|outside(?: of)?|off|near|to|north of|south of|east of|west of)';

/** "within 20 miles of", "10 km from", "in a radius of 15 km", "max 5 km away", "(10 km)". */
const DISTANCES = [
  `(?<lead>${LEAD} )(?:${LEAD} )*(?:a |an )?(?<n>${NUMBER})[ -]?${UNIT}(?: (?:radius|distance|range|drive|max|maximum))*(?<of> (?:${AROUND}|away|radius|around))?(?: of)?(?! (?:range|battery|on|per|an|a day|old))(?!/| ?per)`,
  `(?<lead>)(?<n>${FIGURES})[ -]?${UNIT}(?: (?:max|maximum|radius|distance|range))*(?<of> ${AROUND}| away(?: from)?| radius)(?: of)?\\b(?!/)`,
  `(?<lead>)(?<=[(,] ?)(?<n>${FIGURES})[ -]?${UNIT}(?<of>(?: max| maximum)?${CLAUSE_END})`,
  `(?<lead>)(?<=(?:near|around|of) [a-z-]+ (?:\\+ ?)?)(?<n>${FIGURES})[ -]?${UNIT}(?<of>${CLAUSE_END})`,
].map((source) => pattern(`(?<![a-z0-9])${source}`));

/** Miles of a thing, and what a battery or a car does, are no distance to a place. */
const MILEAGE =
  /^ ?(?:on (?:it|the)|range|per hour|driven|mileage|\/ ?h|an hour|ph\b|old|run\b|race|battery)/;
const METRES_PER_MILE = 1609.344;

/** Reads a distance around a place, miles as kilometres, rounded; undefined when none is stated. */
export function readDistance(sentence: Sentence): Distance | undefined {
  for (const regex of DISTANCES) {
    for (const match of sentence.plain.matchAll(regex)) {
      const { n = '', unit = '', of = '' } = match.groups ?? {};
      const to = match.index + match[0].length;
      const number = readNumber(n);
      if (number === undefined || /^min/.test(unit) || MILEAGE.test(sentence.plain.slice(to))) continue;
      const metres = Number(scaled(number, 1000));
      const km = Math.round((/^mi/.test(unit) ? metres * METRES_PER_MILE : metres * 1000) / 1_000_000);
      if (km < 1 || km > 20_000) continue;
      return { from: match.index, to, km, needsPlace: /from|of|around|outside|near|to\b|off/.test(of) };
    }
  }
  return undefined;
}
