import { fail, ok, type Result } from './result.ts';

/** A quantity and its unit; `value` is a decimal string of smallest units (cents, minutes, pieces). */
export interface Amount {
  readonly unit: string;
  readonly value: string;
}

export const AMOUNT_MAX = 2n ** 63n - 1n;

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Units beside money. Money is any ISO 4217 code that Intl knows. */
const OTHER_UNITS: Readonly<Record<string, number>> = { hours: 60, goods: 1, favour: 1 };

/** Digits after the point of the currencies that do not have two (ISO 4217, list one, 2024). */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((c) => [c, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3] as const),
  ...'CLF UYW'.split(' ').map((c) => [c, 4] as const),
]);

/** Smallest units in one shown unit: 100 for EUR, 1 for JPY, 60 for hours (minutes), 1 for goods. */
export function unitScale(unit: string): number | undefined {
  const other = OTHER_UNITS[unit];
  if (other !== undefined) return other;
  if (!isCurrency(unit)) return undefined;
  return 10 ** (MINOR_DIGITS.get(unit) ?? 2);
}

export function isCurrency(unit: string): boolean {
  return CURRENCIES.has(unit);
}

/** The BigInt inside of a decimal string outside, or why not. */
export function parseAmount(value: string): Result<bigint> {
  if (!/^-?(0|[1-9][0-9]{0,18})$/.test(value) || value === '-0') {
    return fail(
      'amount-malformed',
      'That amount is not a whole number of smallest units.',
      'Write digits only.',
    );
  }
  const amount = BigInt(value);
  if (amount > AMOUNT_MAX || amount < -AMOUNT_MAX) {
    return fail('amount-too-large', 'That amount is larger than Parley can hold.', 'Use a smaller amount.');
  }
  return ok(amount);
}

/** Adds amounts of one unit; units that differ are a failure, never a conversion. */
export function addAmounts(amounts: readonly Amount[]): Result<Amount> {
  const unit = amounts[0]?.unit;
  if (unit === undefined)
    return fail('amount-missing', 'There is nothing to add up.', 'Give at least one amount.');
  let total = 0n;
  for (const amount of amounts) {
    if (amount.unit !== unit) {
      return fail(
        'units-differ',
        `${amount.unit} cannot be added to ${unit}.`,
        'Use one unit for all of them.',
      );
    }
    const parsed = parseAmount(amount.value);
    if (!parsed.ok) return parsed;
    total += parsed.value;
  }
  const checked = parseAmount(total.toString());
  return checked.ok ? ok({ unit, value: total.toString() }) : checked;
}
