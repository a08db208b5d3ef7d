import { fromUtf8 } from '../kernel/bytes.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { BareItem, Dictionary, InnerList, Item, List, Member, Params } from './structured-fields.ts';

interface Cursor {
  readonly text: string;
  at: number;
}

class Refused extends Error {}

/**
 * RFC 9651, section 4.2, of a field whose lines are joined with commas. Base64 without its padding or with spare
 * bits is refused, as the RFC permits. A name that stands twice keeps its last value, as the RFC demands: who cannot
 * have that compares with what `serializeDictionary` writes.
 */
export function parseDictionary(text: string): Result<Dictionary> {
  return parse(text, (c) => {
    const members = new Map<string, Member>();
    if (atEnd(c)) return members;
    do {
      const name = key(c);
      members.set(name, take(c, '=') ? member(c) : { bare: TRUE, params: params(c) });
    } while (isFollowed(c));
    return members;
  });
}

export function parseList(text: string): Result<List> {
  return parse(text, (c) => {
    const members: Member[] = [];
    if (atEnd(c)) return members;
    do members.push(member(c));
    while (isFollowed(c));
    return members;
  });
}

export function parseItem(text: string): Result<Item> {
  return parse(text, item);
}

const TRUE: BareItem = { kind: 'boolean', value: true };

function parse<T>(text: string, read: (c: Cursor) => T): Result<T> {
  const c: Cursor = { text, at: 0 };
  try {
    match(c, / */y);
    const value = read(c);
    match(c, / */y);
    if (!atEnd(c)) throw new Refused('something follows its end');
    return ok(value);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return fail(
      'field-malformed',
      `That is no structured field: ${error.message}, at character ${c.at + 1}.`,
      'Write it as RFC 9651 says and send it again.',
    );
  }
}

/** True when a comma and another member follow; false at the end. */
function isFollowed(c: Cursor): boolean {
  match(c, /[ \t]*/y);
  if (atEnd(c)) return false;
  if (!take(c, ',')) throw new Refused('a comma is missing');
  match(c, /[ \t]*/y);
  if (atEnd(c)) throw new Refused('it ends with a comma');
  return true;
}

function member(c: Cursor): Member {
  return c.text[c.at] === '(' ? innerList(c) : item(c);
}

function innerList(c: Cursor): InnerList {
  c.at++;
  const items: Item[] = [];
  for (;;) {
    const hasSpace = match(c, / */y) !== '';
    if (take(c, ')')) return { items, params: params(c) };
    if (items.length > 0 && !hasSpace) throw new Refused('a space or a closing parenthesis is missing');
    items.push(item(c));
  }
}

function item(c: Cursor): Item {
  return { bare: bareItem(c), params: params(c) };
}

function params(c: Cursor): Params {
  const found = new Map<string, BareItem>();
  while (take(c, ';')) {
    match(c, / */y);
    const name = key(c);
    found.set(name, take(c, '=') ? bareItem(c) : TRUE);
  }
  return found;
}

function key(c: Cursor): string {
  return need(c, /[a-z*][a-z0-9_.*-]*/y, 'a name is missing');
}

function bareItem(c: Cursor): BareItem {
  const first = c.text[c.at] ?? '';
  if (/[-0-9]/.test(first)) return number(c);
  if (/[A-Za-z*]/.test(first)) return token(c);
  switch (first) {
    case '"':
      return string(c);
    case ':':
      return bytes(c);
    case '?':
      return { kind: 'boolean', value: need(c, /\?[01]/y, 'a boolean is not well formed') === '?1' };
    case '@':
      return date(c);
    case '%':
      return display(c);
    default:
      throw new Refused('a value is missing');
  }
}

function number(c: Cursor): BareItem {
  const text = need(c, /-?[0-9]+(?:\.[0-9]*)?/y, 'a number is not well formed');
  if (!/^-?(?:[0-9]{1,15}|[0-9]{1,12}\.[0-9]{1,3})$/.test(text)) throw new Refused('a number is too long');
  return { kind: text.includes('.') ? 'decimal' : 'integer', value: Number(text) + 0 };
}

function token(c: Cursor): BareItem {
  return { kind: 'token', value: need(c, /[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*/y, 'a token is missing') };
}

function string(c: Cursor): BareItem {
  const text = need(c, /"[ !#-[\]-~]*(?:\\["\\][ !#-[\]-~]*)*"/y, 'a text is not well formed');
  return { kind: 'string', value: text.slice(1, -1).replaceAll(/\\(.)/g, '$1') };
}

function bytes(c: Cursor): BareItem {
  const text = need(c, /:[A-Za-z0-9+/]*={0,2}:/y, 'octets are not well formed').slice(1, -1);
  const octets = Buffer.from(text, 'base64');
  if (octets.toString('base64') !== text) throw new Refused('octets are not in strict base64');
  return { kind: 'bytes', value: new Uint8Array(octets) };
}

function date(c: Cursor): BareItem {
  c.at++;
  const seconds = number(c);
  if (seconds.kind !== 'integer') throw new Refused('a date is not a whole number of seconds');
  return { kind: 'date', value: seconds.value };
}

function display(c: Cursor): BareItem {
  const text = need(
    c,
    /%"[ !#$&-~]*(?:%[0-9a-f]{2}[ !#$&-~]*)*"/y,
    'a display text is not well formed',
  ).slice(2, -1);
  const octets = text.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const value = fromUtf8(Buffer.from(octets, 'latin1'));
  if (value === undefined) throw new Refused('a display text is not UTF-8');
  return { kind: 'display', value };
}

function need(c: Cursor, pattern: RegExp, problem: string): string {
  const found = match(c, pattern);
  if (found === undefined) throw new Refused(problem);
  return found;
}

/** What the sticky pattern finds here, which is then passed; undefined when it is not here. */
function match(c: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = c.at;
  const found = pattern.exec(c.text)?.[0];
  if (found !== undefined) c.at += found.length;
  return found;
}

function take(c: Cursor, char: string): boolean {
  if (c.text[c.at] !== char) return false;
  c.at++;
  return true;
}

function atEnd(c: Cursor): boolean {
  return c.at === c.text.length;
}
