import { LIMITS } from './limits.ts';
import { fail, ok, type Result } from './result.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

interface Cursor {
  readonly text: string;
  at: number;
}

class Refused extends Error {}

/**
 * RFC 8259 with the profile for anything signed or received: no duplicate names, whole numbers within
 * ±(2^53 - 1) only, no lone surrogates, no U+0000, depth limited. Everything else is refused, never repaired.
 */
export function parseStrictJson(text: string, maxDepth: number = LIMITS.jsonDepth): Result<Json> {
  const same = parseOwnForm(text, maxDepth);
  if (same !== undefined) return ok(same);
  const cursor: Cursor = { text, at: 0 };
  try {
    const value = parseValue(cursor, maxDepth);
    skipSpace(cursor);
    if (cursor.at !== text.length) throw new Refused('something follows the end of the value');
    return ok(value);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return fail(
      'json-malformed',
      `That is not JSON as Parley reads it: ${error.message}, at character ${cursor.at + 1}.`,
      'Mend the JSON and send it again; nothing was changed.',
    );
  }
}

/**
 * The value of a text that is letter by letter what `JSON.stringify` writes of it, as nearly all that programs sign is:
 * then no name stands twice. Undefined for any other text and whenever in doubt; the parser below then decides.
 */
function parseOwnForm(text: string, maxDepth: number): Json | undefined {
  // Only an escape can hide half a character or U+0000 from the comparison.
  if (text.includes('\\u')) return undefined;
  try {
    const value = JSON.parse(text) as Json; // JSON.parse gives nothing else
    return JSON.stringify(value) === text && isOfProfile(value, maxDepth) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function isOfProfile(value: Json, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isOfProfile(inner, depth - 1));
}

function parseValue(c: Cursor, depth: number): Json {
  skipSpace(c);
  switch (c.text[c.at]) {
    case '{':
      return parseObject(c, depth);
    case '[':
      return parseArray(c, depth);
    case '"':
      return parseString(c);
    case 't':
      return word(c, 'true', true);
    case 'f':
      return word(c, 'false', false);
    case 'n':
      return word(c, 'null', null);
    default:
      return parseNumber(c);
  }
}

function parseObject(c: Cursor, depth: number): JsonObject {
  if (depth <= 0) throw new Refused('it is nested too deeply');
  c.at++;
  const out: JsonObject = Object.create(null);
  skipSpace(c);
  if (take(c, '}')) return plain(out);
  for (;;) {
    skipSpace(c);
    if (c.text[c.at] !== '"') throw new Refused('a name in quotes is missing');
    const name = parseString(c);
    if (name in out) throw new Refused('a name stands twice in one object');
    skipSpace(c);
    if (!take(c, ':')) throw new Refused('a colon is missing');
    out[name] = parseValue(c, depth - 1);
    skipSpace(c);
    if (take(c, '}')) return plain(out);
    if (!take(c, ',')) throw new Refused('a comma or a closing brace is missing');
  }
}

/** Own data properties on an ordinary object; `__proto__` stays a mere name. */
function plain(source: JsonObject): JsonObject {
  const out: JsonObject = {};
  for (const name of Object.keys(source)) {
    Object.defineProperty(out, name, {
      value: source[name],
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return out;
}

function parseArray(c: Cursor, depth: number): Json[] {
  if (depth <= 0) throw new Refused('it is nested too deeply');
  c.at++;
  const out: Json[] = [];
  skipSpace(c);
  if (take(c, ']')) return out;
  for (;;) {
    out.push(parseValue(c, depth - 1));
    skipSpace(c);
    if (take(c, ']')) return out;
    if (!take(c, ',')) throw new Refused('a comma or a closing bracket is missing');
  }
}

function parseString(c: Cursor): string {
  // Piece by piece: one pattern for a whole long text would exhaust the stack of the pattern's engine.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 section 7 names these very characters
  const plain = /[^"\\\u0000-\u001f]*/y;
  const escaped = /(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,1000}/y;
  const start = c.at++;
  for (;;) {
    pass(c, plain);
    if (take(c, '"')) break;
    if (!pass(c, escaped)) throw new Refused('a text is not well formed');
  }
  const value: unknown = JSON.parse(c.text.slice(start, c.at));
  if (typeof value !== 'string' || !value.isWellFormed()) throw new Refused('a text has half a character');
  // PostgreSQL's text cannot hold it; both databases refuse alike.
  if (value.includes('\u0000')) throw new Refused('a text has a character of no kind, U+0000');
  return value;
}

/** Goes past what the sticky pattern finds here; false when that is nothing. */
function pass(c: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = c.at;
  if (!pattern.test(c.text)) return false;
  c.at = pattern.lastIndex;
  return true;
}

function parseNumber(c: Cursor): number {
  const pattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
  pattern.lastIndex = c.at;
  const found = pattern.exec(c.text);
  if (!found) throw new Refused('a value is missing');
  const value = Number(found[0]);
  if (!/^-?[0-9]+$/.test(found[0]) || !Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new Refused('a number is not a whole number within the safe range');
  }
  c.at = pattern.lastIndex;
  return value;
}

function word<T extends Json>(c: Cursor, text: string, value: T): T {
  if (!c.text.startsWith(text, c.at)) throw new Refused('a value is missing');
  c.at += text.length;
  return value;
}

function take(c: Cursor, char: string): boolean {
  if (c.text[c.at] !== char) return false;
  c.at++;
  return true;
}

function skipSpace(c: Cursor): void {
  while (c.at < c.text.length && ' \t\n\r'.includes(c.text[c.at] ?? 'x')) c.at++;
}
