import { z } from 'zod';
import { type Amount, isCurrency, parseAmount, unitScale } from '../../kernel/amount.ts';

export const currency = z.string().refine(isCurrency, 'This is not a currency (ISO 4217).');

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };

/**
 * Reads a price such as `12.50 EUR`, `EUR 12,50`, `€ 1.234,50`. Answers a sentence when it cannot be read for certain:
 * `1,234` may be a thousand or a bit more than one, and `$` is the sign of many currencies.
 */
export function readPrice(text: string, fallback: string | undefined): Amount | string {
  const parts =
    /^(?<before>[^\d.,\s-]*)\s*(?<digits>\d[\d.,'\s\u00a0\u202f]*?)\s*(?<after>[^\d.,\s]*)$/u.exec(
      text.trim(),
    );
  const { before, digits, after } = parts?.groups ?? {};
  if (digits === undefined || (before && after)) return 'The price cannot be read; write it as 12.50 EUR.';
  const said = (before || after || '').toUpperCase();
  const unit = SIGNS[said] ?? (said === '' || said === '$' ? fallback : said);
  if (unit === undefined)
    return said === '' ? 'The price has no currency.' : 'The sign $ is that of many currencies.';
  if (!isCurrency(unit)) return `${unit.slice(0, 10)} is not a currency.`;
  const number = plainNumber(digits);
  if (number === undefined) return 'The price can be read in two ways; write it as 1234.50.';
  const value = smallestUnits(number, unit);
  if (value === undefined) return `The price has more digits than ${unit} has.`;
  return parseAmount(value).ok ? { unit, value } : 'The price is larger than Parley can hold.';
}

/** Digits with at most one point, from whatever marks thousands and decimals; undefined when that is not certain. */
function plainNumber(text: string): string | undefined {
  const digits = text.replaceAll(/['\s\u00a0\u202f]/gu, '');
  const marks = digits.replaceAll(/\d/g, '');
  if (marks === '') return digits;
  const last = marks.at(-1) ?? '';
  const at = digits.lastIndexOf(last);
  const [whole, rest] = [digits.slice(0, at), digits.slice(at + 1)];
  if (marks.length === 1) {
    // A point is a decimal point (the specification's own way); a comma is one only before one or two digits.
    if (last === '.' || rest.length <= 2) return rest === '' || whole === '' ? undefined : `${whole}.${rest}`;
    return undefined;
  }
  const other = last === '.' ? ',' : '.';
  if (new Set(marks).size === 1) return isGrouped(digits, last) ? digits.replaceAll(last, '') : undefined;
  if (marks.slice(0, -1) !== other.repeat(marks.length - 1) || !isGrouped(whole, other) || rest === '')
    return undefined;
  return `${whole.replaceAll(other, '')}.${rest}`;
}

function isGrouped(text: string, mark: string): boolean {
  const [first = '', ...others] = text.split(mark);
  return /^\d{1,3}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
}

function smallestUnits(number: string, unit: string): string | undefined {
  const places = String(unitScale(unit) ?? 1).length - 1;
  const [whole = '0', rest = ''] = number.split('.');
  const kept = rest.slice(0, places).padEnd(places, '0');
  if (/[1-9]/.test(rest.slice(places))) return undefined;
  return `${whole}${kept}`.replace(/^0+(?=\d)/, '');
}
