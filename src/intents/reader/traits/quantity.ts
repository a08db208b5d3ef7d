import { COUNT, readNumber } from '../numbers.ts';
import { CLAUSE_END, pattern, type Sentence, type Span, spanOf, TAKEN } from '../sentence.ts';

/** Most pieces that one want is about. */
const MOST = 10_000;

const NUMBER = `(?:\\d{1,5}(?![\\d.,:/]|[a-z]| ?x ?\\d)|${COUNT})`;
const ABOUT = '(?:about |around |roughly |approx\\.? |ca\\.? |up to |at least |another |only |just )?';
const WANT =
  '(?:need|want|wants|looking for|search(?:ing)? for|buy|after|get|find|wanted:?|have|require|seeking|order|got|lend me|borrow|sell me|selling|for sale:?)';

/** A number that opens the sentence or follows "I need": what it counts has to come next. */
const LEADING = pattern(
  `(?:^[^a-z0-9${TAKEN}]*|\\b${WANT} |^[${TAKEN} ,]+|^(?:hi|hello|hey|please)[, ]+)(?:the |my |our |some )?${ABOUT}(?<n>${NUMBER}) `,
);
/** A number that says itself that it counts: "6 of them", "x2", "3 pieces". */
const COUNTED = [
  pattern(
    `(?<![a-z0-9.,])(?<n>${NUMBER}) (?:of (?:them|these|those)|pieces|pcs|pc|units|items|copies|balls|pairs|jars|bottles|boxes|bags|crates|sacks|packs|rolls|loaves|tins|cans|skeins)(?![a-z])(?! (?:of )?(?:jigsaw|puzzle))`,
  ),
  pattern('(?<![a-z0-9.,])(?<n>\\d{1,4}) ?x(?= [a-z])'),
  pattern('(?<![a-z0-9])x ?(?<n>\\d{1,4})(?![a-z0-9.,])'),
  pattern('\\bneed(?:ing)? (?<n>\\d{1,4})(?=\\s*(?:$|[,.;!]))'),
  pattern('\\b(?:quantity|qty|amount):? (?<n>\\d{1,5})'),
  pattern('\\b(?<n>(?:a|one|two|three|half a|1|2|3) dozens?)(?: of)? (?=[a-z])'),
];

/** Words that make the number a measure or part of a name: "2 seater", "4-person", "120 litres". */
const MEASURE =
  /^[ -]?(?:seat(?:er|s)?|person|people|persons|man|room(?:ed)?|door|drawer|burner|strings?|inch(?:es)?|cm|mm|km|m\b|m2|metres?|meters?|feet|ft|foot|years?|yr|months?|days?|weeks?|hours?|minutes?|mins?|kg|kilos?|kilograms?|g\b|grams?|lbs?|pounds?|tons?|tonnes?|litres?|liters?|l\b|ml|cl|gallons?|watts?|w\b|kw|wh|kwh|volts?|v\b|ah|mah|gb|tb|mb|hz|mp|megapixels?|keys?|speed|gears?|piece|part|way|tier|wheel(?:er|ed)?|ply|stage|pack|times|x\b|adults?|children|kids|sizes?|%|degrees?|bedrooms?|bed\b|storey|euros?|dollars?|star|axis|channel|player|bar|cup|slot|slice|ring|berth|layer|horse|blade|bit|core|band|in 1|in one|-in-|nights?|or\b)/;
const PLURAL =
  /^(?:[a-z'-]+ ){0,4}?(?:pairs?|sets?|[a-z'-]*[a-z]s(?<!ss|us|is|less|ous)|men|women|feet|mice|geese|knives|celli)\b/;

const CLAUSE = new RegExp(`^${CLAUSE_END}`);

/** Reads how many pieces are wanted; undefined when the sentence does not say. A pair, a set or a sack is one. */
export function readQuantity(sentence: Sentence): (Span & { readonly count: number }) | undefined {
  const leading = [...sentence.plain.matchAll(LEADING)].filter((match) =>
    isCount(sentence.plain.slice(match.index + match[0].length)),
  );
  const counted = COUNTED.flatMap((regex) => [...sentence.plain.matchAll(regex)]);
  const isPuzzle = /puzzle|jigsaw|\blego|dinner set|tea set|drum|tool ?(?:set|kit)/.test(sentence.plain);
  for (const match of [...counted, ...leading]) {
    if (isPuzzle && / (?:pieces|pcs|pc)$/.test(match[0])) continue;
    const span = spanOf(match, 'n');
    const count = wholeNumber(sentence.plain.slice(span.from, span.to));
    const end = match.index + match[0].length;
    const isWhole = span.from === match.index && CLAUSE.test(sentence.plain.slice(end));
    if (count !== undefined) return { from: span.from, to: isWhole ? end : span.to, count };
  }
  return undefined;
}

function isCount(right: string): boolean {
  return (
    !MEASURE.test(right) && !/^(?:and|to|in|on|at|for|with|by|max|of) /.test(right) && PLURAL.test(right)
  );
}

function wholeNumber(text: string): number | undefined {
  const number = readNumber(text.replace(/dozens$/, 'dozen'));
  if (number === undefined) return undefined;
  const whole = number.digits / 10n ** BigInt(number.places);
  return whole >= 1n && whole <= BigInt(MOST) ? Number(whole) : undefined;
}
