import { type Amount, isCurrency, unitScale } from '../../kernel/amount.ts';
import { LAST_INSTANT } from '../../kernel/clock.ts';
import { isObject } from './shape.ts';

/** `300.00 EUR`, `2 h 30 min`, `3 goods`. */
export function formatAmount({ unit, value }: Amount): string {
  if (unit === 'hours') return formatMinutes(BigInt(value));
  if (!isCurrency(unit)) return `${value} ${unit}`;
  const digits = String(unitScale(unit) ?? 1).length - 1;
  const sign = value.startsWith('-') ? '-' : '';
  const padded = value.replace('-', '').padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  return `${sign}${whole}${digits > 0 ? `.${padded.slice(-digits)}` : ''} ${unit}`;
}

function formatMinutes(minutes: bigint): string {
  const sign = minutes < 0n ? '-' : '';
  const size = minutes < 0n ? -minutes : minutes;
  const parts = [size / 60n > 0n ? `${size / 60n} h` : '', size % 60n > 0n ? `${size % 60n} min` : ''];
  return sign + (parts.filter(Boolean).join(' ') || '0 min');
}

/** Local date and time, to the minute. */
function formatInstant(at: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
  return format.format(Math.min(at, LAST_INSTANT));
}

/** A value on one line, by what it is called; undefined for what needs lines of its own. */
export function formatValue(name: string, value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return isInstant(name, value) ? formatInstant(value) : String(value);
  if (typeof value === 'string') return value.includes('\n') ? undefined : printable(value);
  if (Array.isArray(value)) return formatList(name, value);
  if (isObject(value) && typeof value.unit === 'string' && typeof value.value === 'string') {
    return formatAmount({ unit: value.unit, value: value.value });
  }
  return undefined;
}

function formatList(name: string, values: readonly unknown[]): string | undefined {
  const shown = values.map((entry) => formatValue(name, entry));
  return shown.every((entry) => entry !== undefined) ? shown.join(', ') : undefined;
}

/** Other people's text cannot command a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, (char) => (char === '\n' ? char : '\uFFFD'));
}

function isInstant(name: string, value: number): boolean {
  return /(At|at|since|until|Until|last)$/.test(name) && value > 100_000_000_000;
}
