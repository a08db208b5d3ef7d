import { addDays, type CivilDate, isCivilDate, weekday } from '../../../kernel/civil.ts';

/** Days of one kind together, both ends included. */
export interface Period {
  readonly from: CivilDate;
  readonly until: CivilDate;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'mon tue wed thu fri sat sun'.split(' ');

/** 1 to 12 from a month's name or its beginning; 0 when it is none. */
export function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3)) + 1;
}

/** 1 for Monday to 7 for Sunday from a name or its beginning; 0 when it is none. */
export function weekdayOf(name: string): number {
  return WEEKDAYS.indexOf(name.slice(0, 3)) + 1;
}

/** A date from its parts; undefined when there is no such day. */
export function dateOf(year: number, month: number, day: number): CivilDate | undefined {
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return isCivilDate(date) ? date : undefined;
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

/** The next such day from today on; undefined when no year near has it. */
export function nextMonthDay(today: CivilDate, month: number, day: number): CivilDate | undefined {
  for (let year = yearOf(today); year <= yearOf(today) + 8; year += 1) {
    const date = dateOf(year, month, day);
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}

/** The next day of the month with this number, after today. */
export function nextMonthsDay(today: CivilDate, day: number): CivilDate | undefined {
  for (let ahead = 0; ahead <= 12; ahead += 1) {
    const month = Number(today.slice(5, 7)) - 1 + ahead;
    const date = dateOf(yearOf(today) + Math.floor(month / 12), (month % 12) + 1, day);
    if (date !== undefined && date > today) return date;
  }
  return undefined;
}

/** That month of that year, or of the next year in which it is not over. */
export function monthPeriod(today: CivilDate, month: number, year?: number): Period {
  const isOver = month < Number(today.slice(5, 7));
  const in_ = year ?? yearOf(today) + (isOver ? 1 : 0);
  const from = dateOf(in_, month, 1) ?? today;
  const next = dateOf(month === 12 ? in_ + 1 : in_, month === 12 ? 1 : month + 1, 1) ?? from;
  return { from, until: addDays(next, -1) };
}

/** The month so many months from today's. */
export function monthAhead(today: CivilDate, ahead: number): Period {
  const month = Number(today.slice(5, 7)) - 1 + ahead;
  return monthPeriod(today, (month % 12) + 1, yearOf(today) + Math.floor(month / 12));
}

/** Monday to Sunday, so many weeks from this one (ISO 8601). */
export function weekAhead(today: CivilDate, ahead: number): Period {
  const monday = addDays(today, 1 - weekday(today) + 7 * ahead);
  return { from: monday, until: addDays(monday, 6) };
}

/** Saturday and Sunday, so many weeks from this week's. */
export function weekendAhead(today: CivilDate, ahead: number): Period {
  const { from, until } = weekAhead(today, ahead);
  return { from: addDays(from, 5), until };
}

/** The next such day of the week, after today. */
export function nextWeekday(today: CivilDate, day: number): CivilDate {
  return addDays(today, ((day - weekday(today) + 6) % 7) + 1);
}

/** Easter Sunday of a year (Meeus, Jones and Butcher: the anonymous Gregorian computus). */
export function easterOf(year: number): CivilDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return dateOf(year, month, day) ?? '';
}

/** The so-manieth such weekday of a month; the last one for 5 where there are only four. */
export function weekdayInMonth(year: number, month: number, day: number, count: number): CivilDate {
  const { from, until } = monthPeriod(`${year}-01-01`, month, year);
  const first = addDays(from, (day - weekday(from) + 7) % 7);
  const date = addDays(first, 7 * (count - 1));
  return date <= until ? date : addDays(date, -7);
}

const NAMES = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A date for a person: '5 December 2026'. */
export function dateInWords(date: CivilDate): string {
  return `${Number(date.slice(8))} ${NAMES[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}
