import { isCurrency } from '../kernel/amount.ts';
import { isCivilDate } from '../kernel/civil.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { readLine, readText } from '../kernel/text.ts';
import { type CatalogueEntry, entryOf, type Rule } from './catalogue.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { AddressParts, Kind } from './model.ts';

/** A value as it will be kept, or a sentence that says what it should look like. */
type Check = (value: string) => Result<string>;

const NEXT = 'Correct the value and save again.';

function unfit(sentence: string): Result<never> {
  return fail('value-unfit', sentence, NEXT, { value: sentence });
}

/**
 * The value of a property as it will be kept: trimmed, NFC, checked by the property's kind and rule.
 * Fails with `value-unfit` and a sentence under `value`.
 */
export function checkValue(property: string, value: string): Result<string> {
  const entry = entryOf(property);
  const checked = KINDS[entry.kind](value);
  if (!checked.ok) return checked;
  const rule = entry.rule && RULES[entry.rule](checked.value);
  return rule && !rule.ok ? unfit(`${rule.message} For example: ${entry.example}`) : checked;
}

/** The lines of an address in parts, in the order most of the world writes them. */
export function addressText(parts: AddressParts): string {
  const town = [parts.postalCode, parts.addressLocality].filter(Boolean).join(' ');
  const { streetAddress, extendedAddress, postOfficeBoxNumber, addressRegion, addressCountry } = parts;
  const box = postOfficeBoxNumber;
  return [streetAddress, extendedAddress, box, town, addressRegion, addressCountry]
    .filter(Boolean)
    .join('\n');
}

/** Whether a property's value may be given in parts. */
export function takesParts(entry: CatalogueEntry): boolean {
  return entry.kind === 'address';
}

const oneLine: Check = (value) => {
  const read = readLine(value);
  if (!read.ok) return unfit(read.message);
  // U+202D and U+202E show text in another order than it is written.
  if (/[\u202d\u202e]/.test(read.value)) return unfit('This has marks that reverse how it is shown.');
  return read;
};

const manyLines: Check = (value) => {
  const read = readText(value.replaceAll(/\r\n?/g, '\n').trim());
  if (!read.ok) return unfit(read.message);
  return read.value === '' ? unfit('Write something here.') : read;
};

/** Without the marks that programs put around copied numbers and addresses. */
const withoutMarks = (value: string): string =>
  value.replaceAll(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');

const email: Check = (value) => {
  const checked = oneLine(withoutMarks(value).replace(/^mailto:/i, ''));
  if (!checked.ok) return checked;
  const at = checked.value.lastIndexOf('@');
  const local = checked.value.slice(0, at);
  const domain = checked.value.slice(at + 1);
  const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
  const fits =
    at > 0 &&
    local.length <= 64 &&
    /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local) &&
    domain.split('.').every((part) => label.test(part));
  return fits ? checked : unfit('This is not an e-mail address; write one like jane@example.org.');
};

/** At most 15 digits (ITU-T E.164), as written by people, an extension after it if need be. */
const phone: Check = (value) => {
  const checked = oneLine(withoutMarks(value).replace(/^tel:/i, ''));
  if (!checked.ok) return checked;
  const [number = ''] = checked.value.split(/(?:;ext=|,|;|\s*(?:ext\.?|x)\s*)(?=[0-9#*]+$)/i);
  const digits = number.replaceAll(/[^0-9]/g, '').length;
  const fits = /^\+?[0-9 ().\-/\u00a0*#]+$/.test(number) && digits >= 3 && digits <= 15;
  return fits ? checked : unfit('This is not a phone number; write one like +32 470 12 34 56.');
};

/** A civil date, or less of one: a year, a year and month, a day without its year (--MM-DD, RFC 6350). */
const date: Check = (value) => {
  const checked = oneLine(value);
  if (!checked.ok) return checked;
  const full = checked.value
    .replace(/^--(\d{2}-\d{2})$/, '2000-$1')
    .replace(/^(\d{4})$/, '$1-01')
    .replace(/^(\d{4}-\d{2})$/, '$1-01');
  return isCivilDate(full)
    ? checked
    : unfit('This is not a date that exists; write YYYY-MM-DD, or --MM-DD without the year.');
};

const address: Check = (value) => {
  const checked = manyLines(value);
  if (!checked.ok) return checked;
  const lines = checked.value
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l !== '');
  const long = lines.find((l) => !oneLine(l).ok);
  if (long !== undefined || lines.length > VAULT_LIMITS.addressLines) {
    return unfit(`An address has at most ${VAULT_LIMITS.addressLines} lines of ordinary length.`);
  }
  return ok(lines.join('\n'));
};

const number: Check = (value) => {
  const checked = oneLine(withoutMarks(value));
  if (!checked.ok) return checked;
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(checked.value)
    ? checked
    : unfit('This is not a number; write digits, with a point before a fraction.');
};

const size: Check = (value) => {
  const checked = oneLine(withoutMarks(value));
  if (!checked.ok || checked.value.length <= VAULT_LIMITS.sizeChars) return checked;
  return unfit(`A size is short; keep it under ${VAULT_LIMITS.sizeChars} characters.`);
};

const url: Check = (value) => {
  const given = withoutMarks(value).trim();
  const ordinary =
    given.isWellFormed() && !/[\s\p{Cc}]/u.test(given) && given.length <= VAULT_LIMITS.urlChars;
  const parsed = ordinary ? URL.parse(given) : null;
  const fits = parsed && ['http:', 'https:'].includes(parsed.protocol) && parsed.password === '';
  return fits ? ok(given) : unfit('This is not a web address; write one like https://example.org.');
};

const KINDS: Readonly<Record<Kind, Check>> = {
  text: oneLine,
  long: manyLines,
  email,
  phone,
  date,
  address,
  number,
  size,
  url,
};

const MEASURE = /^(\d{1,3}(?:[.,]\d{1,2})?)\s?([a-z]{1,2})$/i;
const FEET = /^\d\s?(?:ft|'|′)(?:\s?\d{1,2}\s?(?:in|"|″)?)?$/i;

function measure(units: readonly string[]): Check {
  return (value) => {
    const unit = MEASURE.exec(value)?.[2]?.toLowerCase();
    const feet = units.includes('ft') && FEET.test(value);
    const fits = feet || (unit !== undefined && units.includes(unit));
    return fits ? ok(value) : unfit(`Write a number and one of ${units.join(', ')}.`);
  };
}

function when(works: (value: string) => boolean, sentence: string): Check {
  return (value) => (works(value) ? ok(value) : unfit(sentence));
}

/** True when the platform's tables know it: `ask` throws a RangeError for what they do not. */
function isKnown(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}

const RULES: Readonly<Record<Rule, Check>> = {
  length: measure(['cm', 'mm', 'm', 'in', 'ft']),
  weight: measure(['kg', 'g', 'lb', 'st']),
  language: when((v) => isKnown(() => Intl.getCanonicalLocales(v)), 'Write a language tag (BCP 47).'),
  zone: when(
    (v) => v.includes('/') && isKnown(() => new Intl.DateTimeFormat('en', { timeZone: v })),
    'Write an IANA time zone.',
  ),
  geo: when(
    (v) => /^geo:-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?(,-?\d+(\.\d+)?)?(;.*)?$/.test(v),
    'Write a position (RFC 5870).',
  ),
  currency: when(isCurrency, 'Write a currency code (ISO 4217).'),
};
