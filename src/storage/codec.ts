/**
 * One column codec, so that SQLite and PostgreSQL give identical values. The column's name says its kind:
 * `*_amount` is a BigInt, `is_*` a boolean, any other whole number a number within the safe range, bytes a
 * Uint8Array, everything else text.
 */
export function decodeRow(row: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name in row) out[name] = decodeValue(columnOf(name), row[name]);
  return out;
}

/** A column of an answer, and what its name says that its whole numbers are. */
export interface Column {
  readonly name: string;
  readonly kind: 'amount' | 'boolean' | 'other';
}

export function columnsOf(names: readonly string[]): Column[] {
  return names.map(columnOf);
}

function columnOf(name: string): Column {
  if (name.endsWith('_amount')) return { name, kind: 'amount' };
  return { name, kind: name.startsWith('is_') ? 'boolean' : 'other' };
}

/** A row that came as the values of these columns. */
export function decodeColumns(
  columns: readonly Column[],
  values: readonly unknown[],
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    if (column) out[column.name] = decodeValue(column, values[i]);
  }
  return out;
}

function decodeValue(column: Column, value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return decodeWhole(column, value);
  if (value instanceof Uint8Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value;
}

function decodeWhole({ name, kind }: Column, value: number | bigint): bigint | number | boolean {
  if (kind === 'amount') return BigInt(value);
  const number = Number(value);
  if (kind === 'boolean') return number === 1;
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
