import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { type Json, type JsonObject, parseStrictJson } from '../../src/kernel/json.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { isObject } from '../../src/records/index.ts';
import { signPayload } from '../../src/records/jws.ts';
import type { KeyBook } from './key-book.ts';

/** Where something stands in a body: names of members and places in lists. */
export type Path = readonly (string | number)[];

/** A signed document, or a record with its body, inside the body of a message. */
export interface Part {
  readonly path: Path;
  readonly kind: 'document' | 'record';
  readonly wire: JsonObject;
}

/** Everything signed that stands in the open; what a signed thing holds in itself is signed with it. */
export function signedParts(body: Json, path: Path = []): Part[] {
  if (Array.isArray(body)) return body.flatMap((it, i) => signedParts(it, [...path, i]));
  if (!isObject(body)) return [];
  if ('payload' in body && 'signatures' in body) return [{ path, kind: 'document', wire: body }];
  if ('payload' in body && 'protected' in body) return [{ path, kind: 'record', wire: body }];
  return Object.entries(body).flatMap(([name, it]) => signedParts(it, [...path, name]));
}

/** The same with something else at a place; a member is left out for `undefined`. */
export function replaced(whole: Json, path: Path, value: Json | undefined): Json {
  const [first, ...rest] = path;
  if (first === undefined) return value ?? null;
  if (Array.isArray(whole)) {
    return whole.map((it, i) => (i === first ? replaced(it, rest, value) : it));
  }
  if (!isObject(whole)) throw new Error('a path leads through objects and lists');
  const entries = Object.entries(whole).flatMap(([name, it]): [string, Json][] => {
    if (name !== first) return [[name, it]];
    if (rest.length === 0) return value === undefined ? [] : [[name, value]];
    return [[name, replaced(it, rest, value)]];
  });
  const isNew = rest.length === 0 && value !== undefined && !(first in whole);
  return Object.fromEntries(isNew ? [...entries, [String(first), value]] : entries);
}

export function payloadOf({ wire }: Part): JsonObject {
  const parsed = parseStrictJson(textOf(wire.payload));
  if (!parsed.ok || !isObject(parsed.value)) throw new Error('a payload of the story is an object');
  return parsed.value;
}

export function textOf(base64url: Json | undefined): string {
  return fromUtf8(fromBase64url(String(base64url)) ?? new Uint8Array(0)) ?? '';
}

export function octetsOf(text: string): string {
  return toBase64url(toUtf8(text));
}

type Typ = 'parley-document' | 'parley-record';

/** Other octets, signed by whoever signed the ones before: all of them, or this key alone. */
export function signedAnew(
  part: Part,
  payload: string,
  book: KeyBook,
  by: { readonly key?: SigningKey; readonly typ?: Typ } = {},
): JsonObject {
  const typ = by.typ ?? (part.kind === 'record' ? 'parley-record' : 'parley-document');
  const octets = toUtf8(payload);
  const keys = by.key ? [by.key] : signersOf(part).map((kid) => keyOf(book, kid));
  const signatures = keys.map((key) => {
    const made = signPayload(octets, key, typ);
    return { protected: toBase64url(made.protected), signature: toBase64url(made.signature) };
  });
  if (part.kind === 'document') return { payload: octetsOf(payload), signatures };
  return { ...part.wire, payload: octetsOf(payload), ...signatures[0] };
}

function signersOf({ kind, wire }: Part): string[] {
  const headers = kind === 'record' ? [wire] : (wire.signatures as JsonObject[]); // the story's own wire form
  return headers.map((it) => String((JSON.parse(textOf(it.protected)) as JsonObject).kid)); // a header it signed
}

function keyOf(book: KeyBook, kid: string): SigningKey {
  const key = book.get(kid);
  if (!key) throw new Error(`nobody in the story has the key ${kid}`);
  return key;
}
