import { type Amount, isCurrency, unitScale } from './amount.ts';

/** The language of every sentence that the node makes. */
const LOCALE = 'en-GB';

/**
 * An amount as a sentence has it, and as the pages show it (web/i18n/format.ts, which a test holds to this): '€12.50',
 * 'US$300', '1 hour 30 minutes', '2 favours'. Whole money goes without its cents.
 */
export function amountInWords({ unit, value }: Amount): string {
  if (isCurrency(unit)) return moneyInWords(unit, value);
  const count = BigInt(value);
  if (unit === 'hours') return durationInWords(count);
  if (unit === 'favour') return counted(count, 'favour');
  return unit === 'goods' ? counted(count, 'piece') : `${value} ${unit}`;
}

function moneyInWords(unit: string, value: string): string {
  const scale = BigInt(unitScale(unit) ?? 1);
  const digits = scale.toString().length - 1;
  const [sign, size] = value.startsWith('-') ? ['-', BigInt(value.slice(1))] : ['', BigInt(value)];
  const rest = (size % scale).toString().padStart(digits, '0');
  const decimal = `${sign}${size / scale}${digits === 0 ? '' : `.${rest}`}` as `${number}`; // digits and one point
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: unit,
    minimumFractionDigits: size % scale === 0n ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(decimal);
}

function durationInWords(minutes: bigint): string {
  const [hours, rest] = [minutes / 60n, minutes % 60n];
  if (hours === 0n) return counted(rest, 'minute');
  return rest === 0n ? counted(hours, 'hour') : `${counted(hours, 'hour')} ${counted(rest, 'minute')}`;
}

function counted(count: bigint, one: string): string {
  return `${count.toLocaleString(LOCALE)} ${count === 1n ? one : `${one}s`}`;
}
