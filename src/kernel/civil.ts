import type { Instant } from './clock.ts';
import { type Failure, fail } from './result.ts';

/** A civil date, YYYY-MM-DD (ISO 8601), in some zone that stands beside it. */
export type CivilDate = string;

const DAY_MS = 86_400_000;

/** True for a day that exists in the proleptic Gregorian calendar, years 1 to 9999. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text) && !text.startsWith('0000');
}

/** The civil date that clocks in this IANA zone show at an instant. */
export function civilDateAt(at: Instant, zone: string): CivilDate {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
  return parts.slice(0, 10);
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekday(date: CivilDate): number {
  return ((new Date(Date.parse(`${date}T00:00:00Z`)).getUTCDay() + 6) % 7) + 1;
}

/** '2026-12-24' as people write it: '24 December 2026'. */
export function dayInWords(date: CivilDate): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(startOfDay(date));
}

/** The last instant of a civil date in UTC terms: what "until that day" means between two parties. */
export function endOfDay(date: CivilDate): Instant {
  return Date.parse(`${date}T23:59:59.999Z`);
}

/** What anybody is told who names a day that is past, with the field that named it. */
export function dayPast(field: string, day: CivilDate): Failure {
  const sentence = `${day} is past.`;
  return fail('date-past', sentence, 'Choose a later day, or leave it out.', { [field]: sentence });
}

export function startOfDay(date: CivilDate): Instant {
  return Date.parse(`${date}T00:00:00.000Z`);
}
