import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { Columns, Kind, Row, Value } from './model.ts';

const AMOUNT = /^(?:0|-?[1-9][0-9]{0,18})$/;
const AMOUNT_MAX = 2n ** 63n - 1n;

/**
 * A row as its line: an object with its columns in order; text as text, whole numbers as numbers, amounts as decimal
 * strings, flags as true and false, octets as base64url, nothing as null. There is one way to write each row, so that
 * a hash over lines is a hash over rows.
 */
export function encodeRow(row: Row, columns: Columns): string {
  const out: JsonObject = {};
  for (const column in columns) out[column] = encodeValue(row[column] ?? null);
  return JSON.stringify(out);
}

function encodeValue(value: Value): Json {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? toBase64url(value) : value;
}

/** The row of a line's object, or what does not fit: `columns`, or the name of one. Pure. */
export function decodeRow(object: JsonObject, columns: Columns): { row: Row } | { misfit: string } {
  const [given, expected] = [Object.keys(object), Object.keys(columns)];
  if (given.length !== expected.length || given.some((name, i) => name !== expected[i])) {
    return { misfit: 'columns' };
  }
  const row: Record<string, Value> = {};
  for (const column in columns) {
    const value = decodeValue(object[column] ?? null, columns[column] ?? 'text');
    if (value === undefined) return { misfit: column };
    row[column] = value;
  }
  return { row };
}

function decodeValue(value: Json, kind: Kind): Value | undefined {
  if (value === null) return null;
  if (kind === 'whole') return typeof value === 'number' ? value : undefined;
  if (kind === 'flag') return typeof value === 'boolean' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (kind === 'text') return value;
  if (kind === 'bytes') return fromBase64url(value);
  const amount = AMOUNT.test(value) ? BigInt(value) : undefined;
  return amount !== undefined && amount <= AMOUNT_MAX && amount >= -AMOUNT_MAX - 1n ? amount : undefined;
}

/** The order of rows by their key: text by its UTF-8 octets, false before true. Pure. */
export function compareKeys(a: Row, b: Row, key: readonly string[]): number {
  for (const column of key) {
    const order = compareValues(a[column] ?? null, b[column] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: Value, b: Value): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (typeof a === 'string' && typeof b === 'string') {
    return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return a === b ? 0 : a < b ? -1 : 1;
}
