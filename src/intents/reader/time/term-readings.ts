import { addDays, type CivilDate, weekday } from '../../../kernel/civil.ts';
import { readCount } from '../numbers.ts';
import {
  dateOf,
  monthAhead,
  monthOf,
  nextMonthDay,
  nextWeekday,
  type Period,
  weekAhead,
  weekdayOf,
  yearOf,
} from './calendar.ts';
import type { DateContext, Parts, Term, TermKind } from './term.ts';

export const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

export function term(kind: TermKind, readings: readonly Period[]): Term {
  return { kind, readings, isWeak: false };
}

export function oneDay(date: CivilDate | undefined, isFixed = false): Term | undefined {
  return date === undefined ? undefined : { ...term('day', [{ from: date, until: date }]), isFixed };
}

export function dayMonth(today: CivilDate, day = '', month = '', year?: string): CivilDate | undefined {
  return year === undefined
    ? nextMonthDay(today, monthOf(month), Number(day))
    : dateOf(Number(year), monthOf(month), Number(day));
}

export function twoDays({ today }: DateContext, month = '', a = '', b = '', year?: string): Term | undefined {
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
export function numeric(parts: Parts, { today, country }: DateContext): Term | undefined {
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

export function partOf(part: string, { from, until }: Period): Term {
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

export function unitAhead(unit: string, ahead: number, today: CivilDate): Period {
  if (unit === 'week') return weekAhead(today, ahead);
  if (unit === 'month') return monthAhead(today, ahead);
  const year = yearOf(today) + ahead;
  return { from: `${year}-01-01`, until: `${year}-12-31` };
}

export function weekdays(
  a: string,
  b: string,
  which: string | undefined,
  today: CivilDate,
): Term | undefined {
  const isNext = which?.endsWith('next') ?? false;
  const from = isNext
    ? addDays(weekAhead(today, 1).from, weekdayOf(a) - 1)
    : nextWeekday(today, weekdayOf(a));
  const until = addDays(from, (weekdayOf(b) - weekdayOf(a) + 7) % 7);
  return { ...term('day', [{ from, until }]), isRange: true };
}

/** "next Friday" said on a Wednesday may be in two days or in nine. Two letters more than "sat" make it no verb. */
export function aWeekday(which: string | undefined, name: string, today: CivilDate): Term {
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
export function within(parts: Parts, { today }: DateContext): Term | undefined {
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
