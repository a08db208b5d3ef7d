import { addDays, isCivilDate } from '../../../kernel/civil.ts';
import { COUNT } from '../numbers.ts';
import {
  monthAhead,
  monthOf,
  monthPeriod,
  nextMonthsDay,
  weekAhead,
  weekdayInMonth,
  weekdayOf,
  weekendAhead,
  yearOf,
} from './calendar.ts';
import { HOLIDAY, nextHoliday, VAGUE_TIME } from './holidays.ts';
import type { TermReader } from './term.ts';
import {
  aWeekday,
  dayMonth,
  numeric,
  ORDINALS,
  oneDay,
  partOf,
  term,
  twoDays,
  unitAhead,
  weekdays,
  within,
} from './term-readings.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?';
const WEEKDAY =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?![a-z])';
const NTH = '(?:st|nd|rd|th)';
const DAY = `(?:0?[1-9]|[12]\\d|3[01])(?!\\d)`;
const YEAR = '(?:20\\d\\d)';
const ORDINAL = `(?:${ORDINALS.join('|')}|last)`;
const DAYTIME =
  '(?: ?,? ?(?:early |late )?(?:in the )?(?:morning|afternoon|evening|night|noon|lunchtime|at noon))?';
const TO = ' ?(?:-|to|till|til|until|through|thru|and|en) ?(?:the )?';

/** The ways in which English names days, each with what it makes of them. */
export const READERS: readonly TermReader[] = [
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
