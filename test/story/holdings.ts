import { serialize } from 'node:v8';
import { sql } from 'kysely';
import type { TestNode } from '../harness/node.ts';

/** Every piece of what somebody holds, with the columns and members in which it stands. */
export type Pieces = ReadonlyMap<string, ReadonlySet<string>>;

export interface Row {
  readonly table: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

const CHARACTERS = 8;
const OCTETS = 6;
/** Words of the program before a name that it drew: with them seven letters and one by chance would be a piece. */
const BEFORE_A_NAME = /^(?:identity|one-use)\//;

/** Every row of a home, in every table there is. */
export async function rowsOf(node: TestNode, home: string): Promise<Row[]> {
  const names =
    node.deps.storage.engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table' order by name`
      : sql<{
          name: string;
        }>`select tablename as name from pg_tables where schemaname = 'public' order by tablename`;
  return node.deps.storage.read(async ({ db }) => {
    const rows: Row[] = [];
    for (const { name: table } of (await names.execute(db)).rows) {
      const found = await sql<Record<string, unknown>>`select * from ${sql.table(table)}
        where home_id = ${home}`.execute(db);
      // PostgreSQL gives equal rows in the order that it happens to read them in.
      const inOrder = found.rows.map((row) => [serialize(row).toString('latin1'), row] as const);
      inOrder.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      for (const [, { home_id: _, ...columns }] of inOrder) rows.push({ table, columns });
    }
    return rows;
  });
}

/**
 * Takes rows apart into every run of 8 characters of a text, every run of 6 octets, and every number of 8 digits or
 * more. Whatever is encoded is decoded first, layer by layer: JSON, base64url, octets that are JSON, signed payloads.
 */
export function piecesOf(rows: readonly Row[]): Pieces {
  const pieces = new Map<string, Set<string>>();
  const add = (piece: string, place: string): void => {
    const places = pieces.get(piece) ?? new Set();
    pieces.set(piece, places.add(place));
  };
  for (const { table, columns } of rows) {
    for (const [name, value] of Object.entries(columns)) takeApart(value, `${table}.${name}`, add);
  }
  return pieces;
}

type Add = (piece: string, place: string) => void;

function takeApart(value: unknown, place: string, add: Add): void {
  if (typeof value === 'string') {
    takeText(value, place, add);
    return;
  }
  if (value instanceof Uint8Array) {
    takeOctets(value, place, add);
    return;
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (String(value).length >= CHARACTERS) add(`number ${value}`, place);
    return;
  }
  if (Array.isArray(value)) for (const it of value) takeApart(it, place, add);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, it] of Object.entries(value)) {
      takeText(name, place, add);
      takeApart(it, `${place}.${name}`, add);
    }
  }
}

function takeText(text: string, place: string, add: Add): void {
  const inside = jsonIn(text);
  if (inside !== undefined) {
    takeApart(inside, place, add);
    return;
  }
  let rest = text.replace(BEFORE_A_NAME, '');
  for (const [word] of text.matchAll(/[A-Za-z0-9_-]{8,}/g)) {
    const octets = Buffer.from(word, 'base64url');
    if (/^\d+$/.test(word)) {
      add(`number ${word}`, place);
      rest = rest.replace(word, ' ');
    } else if (octets.toString('base64url') === word) {
      if (jsonIn(octets.toString('utf8')) !== undefined) rest = rest.replace(word, ' ');
      takeOctets(octets, place, add);
    }
  }
  for (let at = 0; at + CHARACTERS <= rest.length; at++) add(rest.slice(at, at + CHARACTERS), place);
}

function takeOctets(octets: Uint8Array, place: string, add: Add): void {
  const buffer = Buffer.from(octets);
  const inside = jsonIn(buffer.toString('utf8'));
  if (inside !== undefined) {
    takeApart(inside, place, add);
    return;
  }
  for (let at = 0; at + OCTETS <= buffer.length; at++) {
    add(`octets ${buffer.toString('hex', at, at + OCTETS)}`, place);
  }
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What both hold. */
export function inCommon(one: Pieces, other: Pieces): Pieces {
  return new Map(
    [...one].flatMap(([piece, places]) => {
      const theirs = other.get(piece);
      return theirs ? [[piece, places.union(theirs)] as const] : [];
    }),
  );
}

/** In which columns and members the pieces stand. */
export function placesOf(pieces: Pieces): string[] {
  return [...new Set([...pieces.values()].flatMap((places) => [...places]))].sort();
}
