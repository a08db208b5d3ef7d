import { addDays, type CivilDate, isCivilDate, weekday } from '../../kernel/civil.ts';
import {
  dateOf,
  monthAhead,
  monthOf,
  monthPeriod,
  nextMonthDay,
  nextMonthsDay,
  nextWeekday,
  type Period,
  weekAhead,
  weekdayInMonth,
  weekdayOf,
  weekendAhead,
  yearOf,
} from './calendar.ts';
import { HOLIDAY, nextHoliday, VAGUE_TIME } from './holidays.ts';
import { COUNT, readCount } from './numbers.ts';
import { apart, pattern, type Sentence, type Span } from './sentence.ts';

/**
 * - `day`, `week`, `month`, `weekend`, `holiday`: those days.
 * - `end`: the last days of something longer, whose last day is meant with "by" and "before".
 * - `within`: so many days from today.
 * - `vague`: a time that everybody dates otherwise.
 */
export type TermKind = 'day' | 'week' | 'weekend' | 'month' | 'holiday' | 'end' | 'within' | 'vague';

/** Words that name days. */
export interface DateTerm extends Span {
  readonly kind: TermKind;
  /** Ways to read it, the likelier first; more than one is asked about, none means it cannot be dated. */
  readonly readings: readonly Period[];
  /** Whether it needs a word like "before" or "on" to be a date at all. */
  readonly isWeak: boolean;
  /** "this week" lasts until its end, and began before today. */
  readonly isThis?: boolean;
  /** A day of the week: the one after it is meant just as well. */
  readonly isWeekday?: boolean;
  /** A day of some month: "the 5th". */
  readonly isMonthday?: boolean;
  /** A fraction as well: 3/4. */
  readonly isFraction?: boolean;
  /** It names two ends: "23 to 30 December". */
  readonly isRange?: boolean;
  /** A year stands with it, or it counts from today. */
  readonly isFixed?: boolean;
}

/** What dates depend on. */
export interface DateContext {
  readonly today: CivilDate;
  readonly country?: string;
}

type Parts = Readonly<Record<string, string | undefined>>;
type Term = Omit<DateTerm, 'from' | 'to'>;
type Reader = readonly [source: string, read: (parts: Parts, context: DateContext) => Term | undefined];

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?';
const WEEKDAY =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?![a-z])';
const NTH = '(?:st|nd|rd|th)';
const DAY = `(?:0?[1-9]|[12]\\d|3[01])(?!\\d)`;
const YEAR = '(?:20\\d\\d)';
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const ORDINAL = `(?:${ORDINALS.join('|')}|last)`;
const DAYTIME =
  '(?: ?,? ?(?:early |late )?(?:in the )?(?:morning|afternoon|evening|night|noon|lunchtime|at noon))?';
const TO = ' ?(?:-|to|till|til|until|through|thru|and|en) ?(?:the )?';

const READERS: readonly Reader[] = [
  // Both ends in one month: 23 to 30 December, December 23-30.
  [
    `(?<a>${DAY})${NTH}?${TO}(?<b>${DAY})${NTH}?(?: of)? (?<m>${MONTH})(?: (?<y>${YEAR}))?`,
    ({ a, b, m, y }, context) => twoDays(context, m, a, b, y),
  ],
  [
    `(?<m>${MONTH}) (?<a>${DAY})${NTH}?${TO}(?<b>${DAY})${NTH}?(?![a-z%€$£])(?:,? (?<y>${YEAR}))?`,
    ({ a, b, m, y }, context) => twoDays(context, m, a, b, y),
  ],
  [
    `(?:the )?(?<nth>${ORDINAL}) (?<d>${WEEKDAY}) (?:of|in) (?:(?<m>${MONTH})|(?:the|(?<which>this|next)) month)`,
    ({ nth = '', d = '', m, which }, { today }) => {
      const month = m ? monthPeriod(today, monthOf(m)) : monthAhead(today, which === 'next' ? 1 : 0);
      const count = nth === 'last' ? 5 : ORDINALS.indexOf(nth) + 1;
      return oneDay(
        weekdayInMonth(yearOf(month.from), Number(month.from.slice(5, 7)), weekdayOf(d), count),
        true,
      );
    },
  ],
  [
    `(?:the )?(?<nth>${ORDINAL}) of (?<m>${MONTH})(?: (?<y>${YEAR}))?`,
    ({ nth = '', m, y }, { today }) =>
      nth === 'last'
        ? undefined
        : oneDay(dayMonth(today, String(ORDINALS.indexOf(nth) + 1), m, y), y !== undefined),
  ],
  [
    `(?:the )?week-?end of (?:the )?(?<d>${DAY})${NTH}?(?: of)? (?<m>${MONTH})(?: (?<y>${YEAR}))?`,
    ({ d, m, y }, { today }) => {
      const date = dayMonth(today, d, m, y);
      return date === undefined ? undefined : { ...term('weekend', [weekendAhead(date, 0)]), isFixed: true };
    },
  ],
  [
    'within (?<n>24|48|72) ?(?:hours|hrs|h)',
    ({ n }, { today }) => ({
      ...term('within', [{ from: today, until: addDays(today, Number(n) / 24) }]),
      isFixed: true,
    }),
  ],
  [
    '(?:the )?week after next(?: week)?',
    (_, { today }) => ({ ...term('week', [weekAhead(today, 2)]), isFixed: true }),
  ],
  [
    `(?:the )?week of (?:the )?(?<d>${DAY})${NTH}?(?: of)? (?<m>${MONTH})(?: (?<y>${YEAR}))?`,
    ({ d, m, y }, { today }) => {
      const date = dayMonth(today, d, m, y);
      return date === undefined ? undefined : term('week', [weekAhead(date, 0)]);
    },
  ],
  [
    `(?:${WEEKDAY},? (?:the )?)?(?<d>${DAY})${NTH}?(?: of)? (?<m>${MONTH})(?:,? (?<y>${YEAR}))?${DAYTIME}`,
    ({ d, m, y }, { today }) => oneDay(dayMonth(today, d, m, y), y !== undefined),
  ],
  [
    `(?:${WEEKDAY},? )?(?<m>${MONTH}) (?:the )?(?<d>${DAY})${NTH}?(?![a-z%€$£]|[.,:]\\d| ?(?:euro|dollar|pound|bucks|quid|eur|usd))(?:,? (?<y>${YEAR}))?${DAYTIME}`,
    ({ d, m, y }, { today }) => oneDay(dayMonth(today, d, m, y), y !== undefined),
  ],
  [`(?<iso>${YEAR}-\\d\\d-\\d\\d)`, ({ iso = '' }) => (isCivilDate(iso) ? oneDay(iso, true) : undefined)],
  [
    `(?<![\\d/.-])(?<a>\\d{1,2})(?<s>[/.-])(?<b>\\d{1,2})(?:\\k<s>(?<y>${YEAR}|\\d\\d)(?!\\d)|(?!\\k<s>?\\d)\\.?(?!\\d))`,
    numeric,
  ],
  [
    `(?:the )?(?<part>end|beginning|start|middle|early|mid|late|(?:first|second|third|last) week|first half|second half)(?: of)?[ -](?:the )?(?<m>${MONTH})(?: (?<y>${YEAR}))?`,
    ({ part = '', m = '', y }, { today }) =>
      partOf(part, monthPeriod(today, monthOf(m), y ? Number(y) : undefined)),
  ],
  [
    '(?:the )?(?<part>end|beginning|start|middle)(?: of)? (?<which>the|this|next|coming) (?<unit>week|month|year)(?!end)',
    ({ part = '', which, unit = '' }, { today }) =>
      partOf(part, unitAhead(unit, which === 'next' ? 1 : 0, today)),
  ],
  [
    `(?<a>${WEEKDAY})${TO}(?<b>${WEEKDAY})(?: (?<which>this|next|of next|of this)(?: week)?)?`,
    ({ a = '', b = '', which }, { today }) => weekdays(a, b, which, today),
  ],
  [
    `(?:next week,? (?:on )?(?<a>${WEEKDAY})|(?<b>${WEEKDAY}),? (?:of )?next week)${DAYTIME}`,
    ({ a, b }, { today }) => oneDay(addDays(weekAhead(today, 1).from, weekdayOf(a ?? b ?? '') - 1), true),
  ],
  [
    `(?:(?<which>this|next|coming|this coming) )?(?<d>${WEEKDAY})${DAYTIME}`,
    ({ which, d = '' }, { today }) => aWeekday(which, d, today),
  ],
  [
    `(?<word>today|tonight|this (?:morning|afternoon|evening)|(?:the )?day after tomorrow|tomorrow|tmrw)${DAYTIME}`,
    ({ word = '' }, { today }) =>
      oneDay(addDays(today, /day after/.test(word) ? 2 : /^t(?:om|mr)/.test(word) ? 1 : 0), true),
  ],
  [
    '(?<which>this|next|this coming|coming|the|the coming) week-?end(?!s)',
    ({ which = '' }, { today }) => term('weekend', [weekendAhead(today, which === 'next' ? 1 : 0)]),
  ],
  [
    '(?<which>this|next|coming|the coming) (?<unit>week|month|year)(?!end|s)',
    ({ which = '', unit = '' }, { today }) => {
      const kind = unit === 'week' ? 'week' : 'month';
      const isThis = which === 'this' || (which.endsWith('coming') && unit === 'year');
      return { ...term(kind, [unitAhead(unit, isThis ? 0 : 1, today)]), isThis, isFixed: true };
    },
  ],
  [
    `(?:(?<lead>within|in|over|during|for)(?: less than| under| about| the)? )?(?:the )?(?<ahead>next |coming )?(?:(?<n>${COUNT}|a couple of|a|an|the) (?:more )?)(?<unit>day|week|fortnight|month)s?(?:'? time| from (?:now|today))?(?! old|'?s? (?:of|holiday|rent))`,
    within,
  ],
  [
    `(?<m>${MONTH})(?: (?<y>${YEAR}))?`,
    ({ m = '', y }, { today }) => ({
      ...term('month', [monthPeriod(today, monthOf(m), y ? Number(y) : undefined)]),
      isWeak: true,
      isFixed: y !== undefined,
    }),
  ],
  [
    `the (?<d>${DAY})${NTH}(?! (?:of )?${MONTH})${DAYTIME}`,
    ({ d }, { today }) => {
      const date = nextMonthsDay(today, Number(d));
      return date === undefined
        ? undefined
        : { ...term('day', [{ from: date, until: date }]), isWeak: true, isMonthday: true };
    },
  ],
  [
    `(?<name>${HOLIDAY})(?![a-z])`,
    ({ name = '' }, { today, country }) => {
      const found = nextHoliday(name, today, country);
      const readings = found ? [{ from: found, until: found }] : [];
      return { ...term('holiday', readings), isWeak: true };
    },
  ],
  [`(?<name>${VAGUE_TIME})(?![a-z])`, () => ({ ...term('vague', []), isWeak: true })],
];

const PATTERNS = READERS.map(([source, read]) => ({
  regex: pattern(`(?<![a-z0-9])${source}(?![a-z0-9])`),
  read,
}));

/** All words that may name days, in order, without overlaps. */
export function dateTerms(sentence: Sentence, context: DateContext): DateTerm[] {
  const found = PATTERNS.flatMap(({ regex, read }) =>
    [...sentence.plain.matchAll(regex)].flatMap((match): DateTerm[] => {
      const read_ = read(match.groups ?? {}, context);
      return read_ ? [{ ...read_, from: match.index, to: match.index + match[0].length }] : [];
    }),
  );
  return apart(found);
}

function term(kind: TermKind, readings: readonly Period[]): Term {
  return { kind, readings, isWeak: false };
}

function oneDay(date: CivilDate | undefined, isFixed = false): Term | undefined {
  return date === undefined ? undefined : { ...term('day', [{ from: date, until: date }]), isFixed };
}

function dayMonth(today: CivilDate, day = '', month = '', year?: string): CivilDate | undefined {
  return year === undefined
    ? nextMonthDay(today, monthOf(month), Number(day))
    : dateOf(Number(year), monthOf(month), Number(day));
}

function twoDays({ today }: DateContext, month = '', a = '', b = '', year?: string): Term | undefined {
  const until = dayMonth(today, b, month, year);
  const from = until && dateOf(yearOf(until), monthOf(month), Number(a));
  return from && until && from <= until
    ? { ...term('day', [{ from, until }]), isFixed: year !== undefined, isRange: true }
    : undefined;
}

/** Countries where the month comes first. */
const MONTH_FIRST = new Set(['US', 'PH', 'PR', 'GU', 'FM', 'MH', 'PW']);
/** Countries where both orders are in use. */
const EITHER_FIRST = new Set(['CA']);

/** 3/4 is told by the home country, 24/12 and 5/5 by themselves; points are only used with the day first. */
function numeric(parts: Parts, { today, country }: DateContext): Term | undefined {
  const [a, b] = [Number(parts.a), Number(parts.b)];
  const year = parts.y === undefined ? undefined : Number(parts.y) + (parts.y.length === 2 ? 2000 : 0);
  const day = (month: number, date: number) => {
    const it = year === undefined ? nextMonthDay(today, month, date) : dateOf(year, month, date);
    return it === undefined ? [] : [{ from: it, until: it }];
  };
  const [dayFirst, monthFirst] = [day(b, a), day(a, b)];
  const isSure = parts.s === '.' || a === b || dayFirst.length + monthFirst.length < 2;
  const isHome = country !== undefined && !EITHER_FIRST.has(country);
  const both = isSure
    ? dayFirst.concat(parts.s === '.' || a === b ? [] : monthFirst)
    : [...dayFirst, ...monthFirst];
  const readings = isSure || !isHome ? both : MONTH_FIRST.has(country) ? monthFirst : dayFirst;
  if (readings.length === 0) return undefined;
  return {
    ...term('day', readings),
    isWeak: year === undefined,
    isFixed: year !== undefined,
    isFraction: isFraction(a, b),
  };
}

/** What 24/7 and 3/4 may also be. */
function isFraction(a: number, b: number): boolean {
  return (a === 24 && b === 7) || (a < b && [2, 3, 4, 5, 6, 8, 10].includes(b));
}

function partOf(part: string, { from, until }: Period): Term {
  if (part === 'end') return { ...term('end', [{ from: addDays(until, -9), until }]) };
  if (part === 'late') return term('day', [{ from: addDays(from, 20), until }]);
  if (part === 'mid' || part === 'middle')
    return term('day', [{ from: addDays(from, 10), until: addDays(from, 19) }]);
  const week = ORDINALS.indexOf(part.replace(/ week$/, ''));
  if (week >= 0 && part.endsWith('week')) {
    return term('day', [{ from: addDays(from, 7 * week), until: addDays(from, 7 * week + 6) }]);
  }
  if (part === 'last week') return term('day', [{ from: addDays(until, -6), until }]);
  if (part === 'first half') return term('day', [{ from, until: addDays(from, 14) }]);
  if (part === 'second half') return term('day', [{ from: addDays(from, 15), until }]);
  return term('day', [{ from, until: addDays(from, 9) }]);
}

function unitAhead(unit: string, ahead: number, today: CivilDate): Period {
  if (unit === 'week') return weekAhead(today, ahead);
  if (unit === 'month') return monthAhead(today, ahead);
  const year = yearOf(today) + ahead;
  return { from: `${year}-01-01`, until: `${year}-12-31` };
}

function weekdays(a: string, b: string, which: string | undefined, today: CivilDate): Term | undefined {
  const isNext = which?.endsWith('next') ?? false;
  const from = isNext
    ? addDays(weekAhead(today, 1).from, weekdayOf(a) - 1)
    : nextWeekday(today, weekdayOf(a));
  const until = addDays(from, (weekdayOf(b) - weekdayOf(a) + 7) % 7);
  return { ...term('day', [{ from, until }]), isRange: true };
}

/** "next Friday" said on a Wednesday may be in two days or in nine. Two letters more than "sat" make it no verb. */
function aWeekday(which: string | undefined, name: string, today: CivilDate): Term {
  const day = weekdayOf(name);
  const coming = nextWeekday(today, day);
  const isShort = /^(?:sat|sun|mon|wed|fri|thu|tue)$/.test(name);
  const readings = [coming];
  if (which === 'next' && day > weekday(today)) readings.push(addDays(coming, 7));
  return {
    ...term(
      'day',
      readings.map((date) => ({ from: date, until: date })),
    ),
    isWeak: which === undefined && isShort,
    isWeekday: true,
  };
}

/** "within two weeks" ends on a day; "in two weeks" may also mean that day, which is asked. */
function within(parts: Parts, { today }: DateContext): Term | undefined {
  const { lead, ahead, n = '', unit } = parts;
  if ((lead === undefined && ahead === undefined) || (lead === 'for' && ahead === undefined))
    return undefined;
  const count = /^(?:an?|the)$/.test(n) ? 1 : n === 'a couple of' ? 2 : readCount(n);
  if (count === undefined) return undefined;
  const until =
    unit === 'month'
      ? addMonths(today, count)
      : addDays(today, count * (unit === 'day' ? 1 : unit === 'week' ? 7 : 14));
  const isPoint = lead === 'in' && ahead === undefined;
  const readings = [{ from: today, until }, ...(isPoint ? [{ from: until, until }] : [])];
  return { ...term('within', readings), isFixed: true };
}

/** The same day so many months on, or the last one of that month. */
function addMonths(today: CivilDate, months: number): CivilDate {
  const { from, until } = monthAhead(today, months);
  const date = addDays(from, Number(today.slice(8)) - 1);
  return date < until ? date : until;
}
