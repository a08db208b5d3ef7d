/**
 * One column codec, so that SQLite and PostgreSQL give identical values. The column's name says its kind:
 * `*_amount` is a BigInt, `is_*` a boolean, any other whole number a number within the safe range, bytes a
 * Uint8Array, everything else text.
 */
export function decodeRow(row: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name in row) out[name] = decodeValue(name, row[name]);
  return out;
}

function decodeValue(name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return decodeWhole(name, value);
  if (typeof value === 'number') return decodeWhole(name, BigInt(value));
  if (value instanceof Uint8Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value;
}

function decodeWhole(name: string, value: bigint): bigint | number | boolean {
  if (name.endsWith('_amount')) return value;
  if (name.startsWith('is_')) return value === 1n;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`column ${name} is beyond the safe range`);
  return number;
}

type SqlParameter = null | number | bigint | string | Uint8Array;

/** What goes into a statement: booleans become 0 and 1, undefined and fractions are bugs. */
export function encodeParameter(value: unknown): SqlParameter {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('a number for the database is not a safe whole number');
    return value;
  }
  if (value === null || typeof value === 'bigint' || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return value;
  throw new Error(`a ${typeof value} cannot go into the database`);
}
