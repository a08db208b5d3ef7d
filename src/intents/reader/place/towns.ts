import type { PlaceSpan } from '../../../places/index.ts';
import type { ReaderSources } from '../model.ts';
import { CLAUSE_END, type Span, TAKEN } from '../sentence.ts';

/** A name in the sentence with where it stands in it. */
export interface Named extends Span {
  readonly span: PlaceSpan;
  readonly left: string;
  readonly right: string;
  readonly isCapital: boolean;
  /** Whether another word with a capital stands right before it. */
  readonly isSurname: boolean;
}

/** A lower-case name that no word like "near" introduces has to be as large a place as this. */
const KNOWN = 15_000;
/** Without one, and abroad, this. */
const LARGE = 200_000;
/** With a capital and between two commas, this is enough. */
const ALONE = 1_000;
/** After "in", a lower-case name has to be this large, or at home. */
const SMALL = 3_000;
/** A search that finds a category this well says that the word is a thing. */
const A_THING = 0.5;

const NEAR =
  /\b(?:near|nearby|around|close to|next to|outside(?: of)?|(?:km|miles?|minutes?|north|south|east|west|centre|center|region|area|outskirts) (?:of|from)|between|living in|live in|based in|area of) (?:the )?$/;
const TO =
  /\b(?:deliver(?:y|ed)?|ship(?:ped|ping)?|send|sent|post(?:ed)?|bring|brought|collect(?:ion)?|collected|pick(?:ed)? ?up|pickup) (?:it )?(?:to|in|from|at|near|around) (?:the )?$/;
const IN =
  /\b(?:in|at|@|region|from|area) (?:the )?(?:centre of |center of |central |downtown |greater |north |south |east |west |old )?$/;
const AFTER_DISTANCE = new RegExp(`${TAKEN} ?(?:the )?$`);
/** A name in a list of names: "in Ghent or Bruges". */
const LISTED = /\b(?:in|near|around|between) [a-z' -]{2,30}(?:,| or| and) $/;
/** Where something is going, was made or is about says nothing about where it is wanted. */
const ELSEWHERE =
  /\b(?:trip|holidays?|vacation|journey|travel(?:l?ing|s)?|flight|fly(?:ing)?|tickets?|honeymoon|hik(?:e|ing)|tour|marathon|phrasebook|history|views?|story|made|built|born|imported|originally|produced|brewed|comes?|not|except|university|bank|lord|lady|king|queen|duke|battle|style) (?:[a-z]+ )?(?:in|to|of|from|for|about|near|around)? ?(?:the )?$/;
/** "honey from Nakuru" names where it comes from, "honey in Nakuru" where it is wanted. */
const ABOUT =
  /\b(?:guide|guidebook|map|books?|posters?|paintings?|pictures?|photos?|prints?|wine|cheese|honey|oil) (?:(?!(?:in|near) )[a-z]+ )?(?:to|of|from|for|about|around)? ?(?:the )?$/;
const ENDS = new RegExp(`^${CLAUSE_END}`);
const FUNCTION_WORD =
  /^ ?(?:for|under|with|before|by|max|up|around|about|this|next|until|on|please|or|and|but|if|i|we|below|from|in|to|at|area|region|city|centre|center|only|thanks|tomorrow|today|would|who|that|as|because|so|preferably|pls|asap|used|new|cbd|town|estate|airport|station|suburb|surroundings|preferred)\b/;
const CONTRACTION = /^(?:i|we|you|they|he|she|it|that|who|there|let)['’]/i;
const STARTS = new RegExp(`(?:^|[,.;:!?()${TAKEN}]|- )\\s*$`);

/** Whether what stands before a name says that something goes there, was made there or is about it. */
export function isElsewhere(left: string): boolean {
  return ELSEWHERE.test(left) || ABOUT.test(left);
}

/** Whether a name is meant as the place of the want, by the words around it, its capital and what else it may be. */
export function isTown(named: Named, sources: ReaderSources, home: string | undefined): boolean {
  const { left, right, span, isCapital } = named;
  if (CONTRACTION.test(span.text) || isElsewhere(left) || /^(?:-| (?:marathon|university))/.test(right))
    return false;
  const isNear = NEAR.test(left) || AFTER_DISTANCE.test(left);
  const isIn = isNear || IN.test(left) || TO.test(left) || LISTED.test(left);
  const endsHere = ENDS.test(right) || FUNCTION_WORD.test(right);
  if (span.ordinaryWord) return isOrdinaryTown(named, { isNear, isIn, endsHere });
  const isQualified = /[,(]| in /.test(span.text) || span.outcome === 'not-there';
  if (isIn && isCapital) return true;
  if (isQualified && isCapital) return true;
  if (isIn) return isLarge(named, SMALL, home) && !isThing(named, sources);
  if (!isBareTown(named, endsHere)) return false;
  const isOwnClause = isCapital && STARTS.test(left) && ENDS.test(right) && left.trim() !== '';
  const least = isOwnClause ? ALONE : isCapital || isAtHome(named, home) ? KNOWN : LARGE;
  return isLarge(named, least, home) && !isThing(named, sources);
}

/** "in Bath" and "near reading" are towns, ", Nice" too; "nice", "in reading" and "a Reading lamp" are not. */
function isOrdinaryTown(
  { left, isCapital, span }: Named,
  { isNear, isIn, endsHere }: { isNear: boolean; isIn: boolean; endsHere: boolean },
): boolean {
  if (!endsHere || span.outcome === 'area') return isIn && isCapital && endsHere;
  if (isCapital) return isIn || (STARTS.test(left) && left.trim() !== '');
  return isNear;
}

/** A name by itself between two commas, or at the end of a clause: ", Leuven, " or "phone nairobi". */
function isBareTown({ left, span, isCapital, isSurname }: Named, endsHere: boolean): boolean {
  if (isCapital && isSurname) return false;
  if (span.outcome === 'area' || span.outcome === 'region')
    return STARTS.test(left) && endsHere && left.trim() !== '';
  if (!endsHere) return false;
  return (
    STARTS.test(left) ||
    !/\b(?:for|fur|pour|voor|para|with|of|to|by|like|a|an|the|my|our|your|some|any|and|or|from|than|as) $/.test(
      left,
    )
  );
}

function isAtHome({ span }: Named, home: string | undefined): boolean {
  return span.matches[0]?.place.country === home;
}

/** A place by another name than its own has to be larger still, but not at home. */
function isLarge({ span }: Named, least: number, home: string | undefined): boolean {
  const [best] = span.matches;
  if (best === undefined) return span.areas.length + span.regions.length > 0;
  const isKnown = best.own || best.place.country === home;
  return best.place.population >= (isKnown ? least : 5 * least);
}

/** A capital and this many people say that it is the town, whatever else the word may be. */
const CITY = 30_000;

/** Whether the categories know the word: "college", "sax". */
function isThing({ span, isCapital }: Named, { categories }: ReaderSources): boolean {
  if (isCapital && (span.matches[0]?.place.population ?? 0) >= CITY) return false;
  return (categories.search(span.text, 1)[0]?.score ?? 0) >= A_THING;
}
