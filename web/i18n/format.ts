import type { Amount } from '../api/shapes.ts';
import { LOCALE, t } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** As the node counts them: ISO 4217, not the browser's own idea of what is shown. */
const NO_DIGITS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const THREE_DIGITS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));
const FOUR_DIGITS = new Set('CLF UYW'.split(' '));

/** Digits after the point of an ISO 4217 code; undefined when it is not money. */
export function moneyDigits(unit: string): number | undefined {
  if (!/^[A-Z]{3}$/.test(unit)) return undefined;
  if (NO_DIGITS.has(unit)) return 0;
  return THREE_DIGITS.has(unit) ? 3 : FOUR_DIGITS.has(unit) ? 4 : 2;
}

/** Smallest units as a decimal with its point, exactly: 12345 with two digits is 123.45. */
export function toDecimal(value: string, digits: number): string {
  const negative = value.startsWith('-');
  const bare = (negative ? value.slice(1) : value).padStart(digits + 1, '0');
  const whole = bare.slice(0, bare.length - digits);
  const rest = digits > 0 ? `.${bare.slice(bare.length - digits)}` : '';
  return `${negative ? '-' : ''}${whole}${rest}`;
}

/** What somebody typed ("300", "299,50") as smallest units; undefined when it is not such a number. */
export function fromDecimal(text: string, digits: number): string | undefined {
  const match = /^(\d{1,15})(?:[.,](\d*))?$/.exec(text.trim().replaceAll(/[\s\u00a0]/g, ''));
  if (!match) return undefined;
  const [, whole = '', rest = ''] = match;
  if (rest.length > digits) return undefined;
  return `${whole}${rest.padEnd(digits, '0')}`.replace(/^0+(?=\d)/, '');
}

/**
 * An amount with its unit: "€299.50", "2 hours 30 minutes", "1 favour", as the node's own sentences have it
 * (src/kernel/amount-words.ts). In running text whole money goes without its cents; in columns it keeps them.
 */
export function formatAmount(amount: Amount, isColumn = false): string {
  const digits = moneyDigits(amount.unit);
  if (digits !== undefined) return formatMoney(amount, digits, isColumn);
  if (amount.unit === 'hours') return formatMinutes(Number(amount.value));
  const count = Number(amount.value);
  if (amount.unit === 'favour') return t.units.favours(count);
  if (amount.unit === 'goods') return t.units.pieces(count);
  return `${amount.value} ${amount.unit}`;
}

function formatMoney(amount: Amount, digits: number, isColumn: boolean): string {
  const decimal = toDecimal(amount.value, digits) as `${number}`; // digits and one point, by construction
  const isWhole = /^\.?0*$/.test(decimal.slice(decimal.length - digits - (digits > 0 ? 1 : 0)));
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: amount.unit,
    minimumFractionDigits: isWhole && !isColumn ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(decimal);
}

function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t.units.minutes(rest);
  return rest === 0 ? t.units.hours(hours) : `${t.units.hours(hours)} ${t.units.minutes(rest)}`;
}

export function formatNumber(value: number): string {
  return value.toLocaleString(LOCALE);
}

/** "3 minutes ago", "in 2 weeks", in the largest unit that still says something. */
export function formatRelative(at: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
  const gap = at - now;
  const size = Math.abs(gap);
  if (size < MINUTE) return t.units.now;
  if (size < HOUR) return format.format(Math.round(gap / MINUTE), 'minute');
  if (size < DAY) return format.format(Math.round(gap / HOUR), 'hour');
  if (size < 14 * DAY) return format.format(Math.round(gap / DAY), 'day');
  if (size < 60 * DAY) return format.format(Math.round(gap / (7 * DAY)), 'week');
  if (size < 700 * DAY) return format.format(Math.round(gap / (30.44 * DAY)), 'month');
  return format.format(Math.round(gap / (365.25 * DAY)), 'year');
}

/** The last instant that can be written as a date: what somebody else has signed may lie behind it. */
const LAST = 8_640_000_000_000_000;

/** The same instant, or the last one that can be written. */
function writable(at: number): number {
  return Math.min(at, LAST);
}

/** As programs read it. */
export function machineTime(at: number): string {
  return new Date(writable(at)).toISOString();
}

export function formatExact(at: number): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeStyle: 'short' }).format(writable(at));
}

export function formatDay(at: number): string {
  const format = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
  return format.format(writable(at));
}

/** A civil date (YYYY-MM-DD), without going through anybody's time zone. */
export function formatDate(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  return new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at);
}

/** Any of them will do. */
export function formatAlternatives(parts: readonly string[]): string {
  return new Intl.ListFormat(LOCALE, { type: 'disjunction' }).format(parts);
}

export function formatList(parts: readonly string[]): string {
  return new Intl.ListFormat(LOCALE, { type: 'conjunction' }).format(parts);
}
