import { type Decimal, NUMBER, readNumber } from '../numbers.ts';
import { pattern, type Sentence, type Span } from '../sentence.ts';
import { type FoundSign, type MoneySign, signAfter, signBefore } from './currencies.ts';

/** A number in the sentence, with the currency beside it if there is one; or a range of two. */
export interface Figure extends Span {
  readonly low?: Decimal;
  readonly number: Decimal;
  readonly sign?: MoneySign;
  /** Written the way only prices are: "35,-". */
  readonly isPrice: boolean;
  readonly inThousands: boolean;
  /** "250ish". */
  readonly isAbout: boolean;
}

const NUMBERS = pattern(NUMBER);
/** What shows that digits belong to a name, a measure, a fraction or a percentage. */
const GLUED_BEFORE = /(?:[a-z0-9/]|[a-z]-|\d[.,:])$/;
const GLUED_AFTER =
  /^(?:[a-z0-9%°"]|\/(?! ?(?:h|hr|hour|lesson|session|class|visit|walk)\b)|'(?=\d|\s|$)|-[a-z]| ?x ?\d|[.,:]\d| ?%)/;
/** After a currency and a number only more of the number spoils it: "£35/hour" is fine. */
const MORE_AFTER = /^(?:[a-z0-9]|[.,:]\d)/;
const PRICE_MARK = /^ ?[.,]-+(?!\d)/;
const ISH = /^ ?-?ish\b/;
/** Banknotes by their names. */
const NOTES = pattern('\\b(?<count>an?|one|two|three|four|[1-9])? ?(?<note>tenner|fiver)s?\\b');
const NOTE: Readonly<Record<string, bigint>> = { tenner: 10n, fiver: 5n };

/** All numbers of a sentence that stand by themselves; those joined to a range are one. */
export function figuresOf(sentence: Sentence): Figure[] {
  const found: Figure[] = [];
  for (const match of sentence.plain.matchAll(NUMBERS)) {
    const figure = figureAt(sentence, match.index, match[0]);
    if (figure === undefined) continue;
    const last = found.at(-1);
    const joined = last && joinRange(sentence, last, figure);
    if (joined) found.pop();
    found.push(joined ?? figure);
  }
  return [...found, ...notesOf(sentence)];
}

function notesOf({ plain }: Sentence): Figure[] {
  return [...plain.matchAll(NOTES)].map((match) => {
    const { count = 'one', note = '' } = match.groups ?? {};
    const many = readNumber(/^an?$/.test(count) ? 'one' : count)?.digits ?? 1n;
    const number = { digits: many * (NOTE[note] ?? 0n), places: 0 };
    const sign = { currencies: 'GBP EUR AUD NZD', usual: true };
    const span = { from: match.index, to: match.index + match[0].length };
    return { ...span, number, sign, isPrice: true, inThousands: false, isAbout: false };
  });
}

function figureAt(sentence: Sentence, from: number, written: string): Figure | undefined {
  const number = readNumber(written);
  const isVague = /\b(?:few|several|many) $/.test(sentence.plain.slice(Math.max(0, from - 9), from));
  if (number === undefined || isVague) return undefined;
  const end = from + written.length;
  const before = signBefore(sentence, from);
  const ish = ISH.exec(sentence.plain.slice(end, end + 6))?.[0] ?? '';
  const mark = ish || (PRICE_MARK.exec(sentence.plain.slice(end, end + 6))?.[0] ?? '');
  const after = signAfter(sentence, end + mark.length);
  const start = before?.from ?? from;
  const isGlued =
    (!before && GLUED_BEFORE.test(sentence.plain.slice(Math.max(0, start - 2), start))) ||
    (!after && mark === '' && (before ? MORE_AFTER : GLUED_AFTER).test(sentence.plain.slice(end, end + 10)));
  if (isGlued) return undefined;
  const sign = chosenSign(before, after);
  return {
    from: start,
    to: (sign === after?.sign ? after?.to : undefined) ?? end + mark.length,
    number,
    isPrice: (mark !== '' && ish === '') || /grand$/.test(written),
    inThousands: /k$/.test(written),
    isAbout: ish !== '',
    ...(sign && { sign }),
  };
}

/** "US $ 50" and "$50 USD" say it twice; the one that means fewer currencies counts. */
function chosenSign(before: FoundSign | undefined, after: FoundSign | undefined): MoneySign | undefined {
  const signs = [after, before].flatMap((found) => (found ? [found.sign] : []));
  return signs.sort((a, b) => a.currencies.length - b.currencies.length)[0];
}

const JOINS = /^ ?(?:-|to|till|until|a) ?$/;

function joinRange(sentence: Sentence, low: Figure, high: Figure): Figure | undefined {
  const between = sentence.plain.slice(low.to, high.from);
  const opened = /\bbetween (?:about |around )?$/.test(
    sentence.plain.slice(Math.max(0, low.from - 16), low.from),
  );
  const joins = JOINS.test(between) || (opened && /^ ?(?:and|&) ?$/.test(between));
  const sign = high.sign ?? low.sign;
  if (!joins || low.low !== undefined || !isLess(low.number, high.number)) return undefined;
  return { ...high, from: low.from, low: lifted(low, high), ...(sign && { sign }) };
}

/** In "1-2k" both are thousands. */
function lifted(low: Figure, high: Figure): Decimal {
  const isShort = high.inThousands && !low.inThousands && low.number.digits < 100n;
  return isShort ? { ...low.number, digits: low.number.digits * 1000n } : low.number;
}

function isLess(a: Decimal, b: Decimal): boolean {
  return a.digits * 10n ** BigInt(b.places) < b.digits * 10n ** BigInt(a.places);
}
