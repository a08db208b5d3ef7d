import { AMOUNT_MAX, type Amount, unitScale } from '../../../kernel/amount.ts';
import { type Decimal, scaled } from '../numbers.ts';
import { apart, CLAUSE_END, type Sentence, type Span, TAKEN } from '../sentence.ts';
import { type Figure, figuresOf } from './amounts.ts';
import type { MoneySign } from './currencies.ts';

/** What a sentence says about money; which currency is decided later (currencies.ts). */
export interface Price {
  readonly max?: Decimal;
  readonly min?: Decimal;
  /** "about": ten per cent above is still fine. */
  readonly isAbout: boolean;
  /** Of one piece; the budget is for all of them. */
  readonly isEach: boolean;
  /** Undefined for a number that nothing was written beside. */
  readonly sign?: MoneySign;
  /** A number by itself, that may also be a size, a model or a year. */
  readonly isDoubtful?: boolean;
  readonly spans: readonly Span[];
}

const ABOUT =
  '(?:about|around|roughly|approx(?:imately)?\\.?|circa|ca?\\.|ca|~|±|\\+/-|\\+-|something like|some|more or less|in the region of|near|nearly|close to)';
const MAX_BEFORE =
  '(?:under|below|less th[ae]n|(?:no|not) (?:more|higher) th[ae]n|(?:not|nothing) (?:over|above)|up ?to|at (?:the )?(?:very )?most|max\\.?|maximum|maximally|' +
  'cheaper th[ae]n|within|until|till|budget|limit|<=?|≤|afford|spend|pay|price limit|ceiling)';
const MIN_BEFORE =
  '(?:over|above|more th[ae]n|at least|minimum|min\\.?|starting (?:at|from)|upwards of|>=?|≥)';
const LINK = '(?: ?(?:of|is|at|price|budget|:|=|up to|by|only))*';

const LEFT_MAX = new RegExp(`(?<![a-z])${MAX_BEFORE}${LINK}(?: ${ABOUT})? ?$`);
const LEFT_MIN = new RegExp(`(?<![a-z])${MIN_BEFORE}${LINK}(?: ${ABOUT})? ?$`);
const LEFT_ABOUT = new RegExp(`(?<![a-z])${ABOUT} ?$`);
const LEFT_NOT = new RegExp(`(?:\\bnot?|n't|\\bnever|\\bcannot|\\bwithout)\\b[^,.;!?${TAKEN}]{0,30}$`);
const LEFT_WORTH =
  /(?:\bworth|\bpaid|\bretails?(?: for| at)?|\brrp|\binstead of|\bnew price|\boriginally|\bnormally|\bdeposit(?: of)?|\bvoucher(?: of)?|\bdiscount(?: of)?|\b(?:new|it|they) (?:it )?costs?) ?(?:about |around )?$/;
const RIGHT_MAX =
  /^ ?,? ?(?:max\b(?!\.? ?[\d€£$])|maximum\b(?! ?[\d€£$])|tops?\b|at (?:the )?(?:very )?most|or (?:less|under|below|cheaper|lower)|is (?:my|the|our) (?:limit|max|maximum|budget|top)|limit\b|budget\b|(?:is|are|would be) too (?:much|expensive))/;
const RIGHT_MIN =
  /^ ?(?:or (?:more|over|above)|and (?:up|more|over)|upwards|\+(?!\/|-)|minimum\b|min\b|at least)/;
const RIGHT_ABOUT =
  /^ ?(?:or so\b|or thereabouts|more or less|give or take|approx|-?ish\b|roughly|\+\/-|±|ca\b)/;
const RIGHT_TOTAL =
  /^ ?(?:in total|total|all in|altogether|all together|for (?:all|everything|the lot|both|the set|the pair))/;
const PER =
  /^ ?(?:\/ ?|per |an? |the |every |each )(?:hour|hr|h|day|night|evening|week|month|lesson|session|class|visit|time|kilo(?:gram)?|kg|litre|liter|l|m2|metre|meter|person|head|year|room|walk|cut)s?\b/;
const EACH = /^ ?(?:each|apiece|a ?piece|per [a-z]+|a pop|ea\b)/;

/** Words before which a number without a currency is still a price, if something like it came before. */
const GOES_ON = new RegExp(
  `^ ?(?:${CLAUSE_END}|(?:max|maximum|tops|total|in total|or less|at most|on|in|at|by|before|near|for|if|please|delivered|incl|including|around|until|till|with|per|each|apiece|all|and|but|or so|ish|would)\\b)`,
);
const BARE_MAX = new RegExp(
  `(?<![a-z])(?:under|below|less th[ae]n|(?:no|not) (?:more|higher) th[ae]n|(?:not|nothing) (?:over|above)|up ?to|at most|max\\.?|maximum|budget|price|cheaper th[ae]n|spend|pay)${LINK}(?: ${ABOUT})? ?$`,
);
const RIGHT_BARE =
  /^ ?(?:max\b(?!\.? ?[\d€£$])|maximum\b(?! ?[\d€£$])|tops\b|or less|at most|budget\b|limit\b|is my (?:limit|max)|in total\b|total\b|all in\b|altogether\b)/;
const SMALLEST_BARE = 20n;
/** "4k" and "8k" by themselves are kinds of screens. */
const FEWEST_THOUSANDS = 10_000n;
const STARTS = new RegExp(`[,;:(${TAKEN}] ?$`);
/** Work is paid so; "3 a week" is no price. */
const PAID_BY = /^ ?(?:\/ ?|per |an? |the |each )(?:hour|hr|h|lesson|session|class|visit|walk)\b/;
const THOUSANDS_OF =
  /^ ?(?:kms?|kilomet|mi\b|miles?|resolution|monitor|tv|screen|display|lumens?|btu|rpm|pieces|steps|views|mah|words|on the|of\b)/;
const ENDS = new RegExp(`^${CLAUSE_END}`);

interface Reading extends Price, Span {
  readonly rank: number;
}

/**
 * Reads the budget in money; undefined when none is stated.
 * @param poundIsWeight true where people never mean money by a pound
 */
export function readMoney(sentence: Sentence, poundIsWeight: boolean): Price | undefined {
  const readings = apart(
    figuresOf(sentence).flatMap((figure) => priceOf(sentence, figure, poundIsWeight) ?? []),
  ).sort((a, b) => b.rank - a.rank || a.from - b.from);
  const [first] = readings;
  if (first === undefined) return doubtful(sentence);
  const other = readings.slice(1).find((reading) => completes(first, reading));
  const spans = readings.map(({ from, to }) => ({ from, to }));
  const { rank: _rank, from: _from, to: _to, ...price } = { ...other, ...first };
  return { ...price, spans };
}

/** "used trumpet, Ghent, 250": most likely a price, but nothing says so. */
function doubtful(sentence: Sentence): Price | undefined {
  const figure = figuresOf(sentence).find(({ from, to, number, low }) => {
    const isWhole = number.places === 0 && low === undefined && number.digits >= SMALLEST_BARE;
    const isYear = number.digits >= 1900n && number.digits <= 2100n;
    const isApart = STARTS.test(sentence.plain.slice(0, from)) && ENDS.test(sentence.plain.slice(to));
    return isWhole && !isYear && isApart;
  });
  if (figure === undefined) return undefined;
  const spans = [{ from: figure.from, to: figure.to }];
  return { max: figure.number, isAbout: false, isEach: false, isDoubtful: true, spans };
}

/** "at least 50 euro, at most 80" says both ends in two places. */
function completes(first: Reading, other: Reading): boolean {
  return (
    (first.min === undefined) !== (other.min === undefined) &&
    (first.max === undefined) !== (other.max === undefined)
  );
}

function priceOf(sentence: Sentence, figure: Figure, poundIsWeight: boolean): Reading | undefined {
  const left = sentence.plain.slice(Math.max(0, figure.from - 48), figure.from);
  const right = sentence.plain.slice(figure.to, figure.to + 32);
  if (LEFT_WORTH.test(left)) return undefined;
  const isNone = figure.sign
    ? isWeight(sentence, figure, right, poundIsWeight)
    : !isBarePrice(figure, left, right);
  if (isNone) return undefined;
  const per = PER.exec(right)?.[0] ?? '';
  const each = per === '' ? (EACH.exec(right)?.[0] ?? '') : '';
  const behind = right.slice(per.length + each.length);
  const isOver = LEFT_MIN.test(left) || RIGHT_MIN.test(behind);
  const isMin = isOver && ![LEFT_NOT, LEFT_MAX].some((it) => it.test(left)) && !RIGHT_MAX.test(behind);
  const isMax = LEFT_MAX.test(left) || RIGHT_MAX.test(behind) || (isOver && !isMin);
  const isAbout = figure.isAbout || LEFT_ABOUT.test(left) || RIGHT_ABOUT.test(behind);
  const words = [LEFT_MAX, LEFT_MIN, LEFT_ABOUT].map((it) => it.exec(left)?.[0].length ?? 0);
  const after = [RIGHT_MAX, RIGHT_MIN, RIGHT_ABOUT, RIGHT_TOTAL].map(
    (it) => it.exec(behind)?.[0].length ?? 0,
  );
  return {
    from: figure.from - Math.max(...words),
    to: figure.to + per.length + each.length + Math.max(...after),
    isAbout: isAbout && !isMax && !isMin,
    isEach: each !== '',
    rank:
      (figure.low ? 4 : 0) +
      (isMax ? 4 : 0) +
      (RIGHT_TOTAL.test(behind) ? 2 : 0) +
      (figure.sign ? 1 : 0) -
      (per === '' ? 0 : 1),
    spans: [],
    ...(isMin ? { min: figure.number } : { max: figure.number }),
    ...(figure.low && { min: figure.low }),
    ...(figure.sign && { sign: figure.sign }),
  };
}

function isWeight(sentence: Sentence, figure: Figure, right: string, poundIsWeight: boolean): boolean {
  if (!/\bpounds?$/.test(sentence.plain.slice(figure.from, figure.to))) return false;
  return poundIsWeight || /^ (?:of|bag|sack|dumb|kettle|weight)/.test(right);
}

function isBarePrice(figure: Figure, left: string, right: string): boolean {
  const stops = GOES_ON.test(right);
  if (figure.isPrice || (figure.inThousands && stops && (BARE_MAX.test(left) || RIGHT_BARE.test(right))))
    return true;
  if (RIGHT_BARE.test(right)) return true;
  const isMuch = figure.inThousands && figure.number.digits >= FEWEST_THOUSANDS;
  if ((isMuch || (figure.inThousands && figure.low)) && !THOUSANDS_OF.test(right)) return true;
  if (PAID_BY.test(right)) return true;
  if (BARE_MAX.test(left)) return stops;
  if (LEFT_MIN.test(left) && /^ (?:but|and|max|to)\b/.test(right)) return true;
  if (!ENDS.test(right) || figure.number.digits < SMALLEST_BARE || figure.number.places > 0) return false;
  if (figure.low) return /\b(?:between|from|budget|price) ?$/.test(left);
  return /(?:^|[a-z,]) (?:for|about|around|roughly) $/.test(left);
}

interface Budget {
  readonly max?: Amount;
  readonly min?: Amount;
}

/** The price as a budget in a currency, for `pieces` of what is wanted; undefined when it is nothing or too much. */
export function budgetOf(price: Price, unit: string, pieces: number): Budget | undefined {
  const scale = unitScale(unit) ?? 1;
  const times = price.isEach ? BigInt(pieces) : 1n;
  const amount = (number: Decimal | undefined, isRaised: boolean): bigint => {
    const value = number === undefined ? 0n : scaled(number, scale) * times;
    const raised = isRaised ? (value * 11n + 5n) / 10n : value;
    return raised <= AMOUNT_MAX ? raised : 0n;
  };
  const [max, min] = [amount(price.max, price.isAbout), amount(price.min, false)];
  if (max === 0n && min === 0n) return undefined;
  return {
    ...(max > 0n && { max: { unit, value: max.toString() } }),
    ...(min > 0n && (max === 0n || min <= max) && { min: { unit, value: min.toString() } }),
  };
}
