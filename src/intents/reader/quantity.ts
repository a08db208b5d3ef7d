import { COUNT, readNumber } from './numbers.ts';
import { pattern, type Sentence, type Span, TAKEN } from './sentence.ts';

/** Most pieces that one want is about. */
const MOST = 10_000;

const NUMBER = `(?:\\d{1,5}(?![\\d.,:/]|[a-z]| ?x ?\\d)|${COUNT})`;
const START = `(?:^|[;:!?,${TAKEN}(] ?|\\. |\\b(?:need|want|wants|looking for|search(?:ing)? for|buy|after|get|find|like|for sale|wanted:?|have|require|seeking|order|searching|my|our|some|about|around|of|got|lend me|sell me|selling)) ?`;
/** Words that make the number a measure or part of a name: "2 seater", "4-person", "120 litres". */
const MEASURE =
  /^[ -]?(?:seat(?:er|s)?|person|people|persons|man|men'?s|room(?:ed)?|door|drawer|burner|string|strings|inch(?:es)?|cm|mm|km|m\b|m2|metres?|meters?|feet|ft|foot|years?|yr|months?|days?|weeks?|hours?|minutes?|mins?|kg|kilos?|kilograms?|g\b|grams?|lbs?|pounds?|tons?|tonnes?|litres?|liters?|l\b|ml|cl|gallons?|watts?|w\b|kw|wh|kwh|volts?|v\b|ah|mah|gb|tb|mb|hz|mp|megapixels?|keys?|speed|gears?|piece|pc\b|part|way|tier|wheel(?:er|ed)?|ply|stage|pack|-|times|x\b|persons?|adults?|children|kids|sizes?|%|degrees?|bedroom|bed\b|storey|euros?|dollars?|star|axis|channel|player|bar|cup|slot|slice|ring|berth|layer|horse|blade|bit|core|band|in 1|in one|-in-|day|night|or)/;
const PAIRS = /^ (?:pairs?|sets?|dozens?) of\b/;
const PLURAL = /^(?: [a-z'-]+){0,4}? (?:of (?:them|these|those)\b|[a-z'-]*[a-z]s\b(?<!ss)|men\b|women\b|children\b|feet\b|mice\b|geese\b|knives\b|celli\b|people\b)/;
const NOT_BEFORE_NOUN = /^ (?:and|or|to|in|on|at|for|with|by|max|of (?!them|these|those))/;

const COUNTS = [
  pattern(`${START}(?:about |around |roughly |ca\\.? |up to )?(?<n>${NUMBER})(?= |x )`),
  pattern('(?<![a-z0-9])(?<n>\\d{1,4}) ?x(?= [a-z])'),
  pattern('(?<![a-z0-9])x ?(?<n>\\d{1,4})(?![a-z0-9])'),
  pattern(`(?<![a-z0-9])(?:quantity|qty|amount):? (?<n>\\d{1,5})`),
  pattern('(?<![a-z0-9])(?<n>\\d{1,5}) ?(?:pieces|pcs|pc|units|items|copies|stuks)(?![a-z])(?! (?:jigsaw|puzzle))'),
];
const DOZEN = pattern('\\b(?<n>(?:a|one|two|three|half a|1|2|3) dozens?)(?: of)? (?=[a-z])');

/** Reads how many pieces are wanted; undefined when the sentence does not say. A pair, a set or a sack is one. */
export function readQuantity(sentence: Sentence): (Span & { readonly count: number }) | undefined {
  for (const match of COUNTS.flatMap((regex, at) => [...sentence.plain.matchAll(regex)].map((it) => ({ it, at })))) {
    const [from, to] = match.it.indices?.groups?.n ?? [0, 0];
    const count = wholeNumber(sentence.plain.slice(from, to));
    const right = sentence.plain.slice(to);
    if (count === undefined || (match.at === 0 && !isCount(sentence.plain.slice(0, from), right))) continue;
    return { from, to, count };
  }
  for (const match of sentence.plain.matchAll(DOZEN)) {
    const number = readNumber(match.groups?.n ?? '');
    if (number === undefined) continue;
    const count = number.places === 1 ? Number(number.digits / 10n) : Number(number.digits);
    return { from: match.index, to: match.index + match[0].length, count };
  }
  return undefined;
}

function isCount(left: string, right: string): boolean {
  if (MEASURE.test(right) || NOT_BEFORE_NOUN.test(right)) return false;
  if (/\b(?:set|pack|box|family|group|party|age|aged|no|nr|number|version|series|size|model|part|volume|vol) (?:of )?$/.test(left)) return false;
  return PAIRS.test(right) || PLURAL.test(right);
}

function wholeNumber(text: string): number | undefined {
  const number = readNumber(text);
  if (number === undefined || number.places > 0) return undefined;
  return number.digits >= 1n && number.digits <= BigInt(MOST) ? Number(number.digits) : undefined;
}
