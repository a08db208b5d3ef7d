import { hashId, toBase64url } from '../../src/kernel/bytes.ts';
import type { Json, JsonObject } from '../../src/kernel/json.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { isObject } from '../../src/records/index.ts';
import { type KeyBook, STRANGER } from './key-book.ts';
import { type Part, type Path, payloadOf, replaced, signedAnew, signedParts } from './signed-parts.ts';
import type { LooseEnvelope, Variant } from './variants.ts';

/** A message, and what there is to change it with. */
export interface Given {
  readonly envelope: LooseEnvelope;
  readonly book: KeyBook;
  readonly knows: JsonObject;
}

/** Names and keys that are well formed and nobody's. */
export const other = toBase64url(STRANGER.publicKey);

export function partAt({ envelope }: Given, path: Path): Part {
  const part = signedParts(envelope.body).find((it) => it.path.join() === path.join());
  if (!part) throw new Error(`something signed stands at ${path.join('.')}`);
  return part;
}

export function inside(given: Given, path: Path): JsonObject & { readonly seller?: JsonObject } {
  return payloadOf(partAt(given, path)) as JsonObject & { readonly seller?: JsonObject }; // an agreement has one
}

/** The message with something signed in it changed, and signed again. */
export function changed(
  given: Given,
  name: string,
  path: Path,
  change: JsonObject,
  key?: SigningKey,
): Variant {
  const part = partAt(given, path);
  const payload = JSON.stringify({ ...payloadOf(part), ...change });
  const wire = signedAnew(part, payload, given.book, key ? { key } : {});
  const where = path.filter((it) => typeof it === 'string').join('.');
  const envelope = withBody(given, path, wire);
  const isName = idOf(part.wire) === given.envelope.from;
  return { name: `${where}: ${name}`, envelope: isName ? { ...envelope, from: idOf(wire) } : envelope };
}

function idOf(wire: JsonObject): string {
  return hashId(new Uint8Array(Buffer.from(String(wire.payload), 'base64url')));
}

export function withBody({ envelope }: Given, path: Path, value: Json | undefined): LooseEnvelope {
  const body = replaced(envelope.body, path, value);
  if (!isObject(body)) throw new Error('a body is an object');
  return { ...envelope, body };
}

/** The same with the signatures of a document in another order. */
export function turned(given: Given, path: Path): LooseEnvelope {
  const { signatures } = partAt(given, path).wire;
  return withBody(given, [...path, 'signatures'], Array.isArray(signatures) ? signatures.toReversed() : null);
}
