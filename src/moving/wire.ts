import { fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import { type JsonObject, parseStrictJson } from '../kernel/json.ts';
import { derive } from '../kernel/sealing.ts';
import type { SigningKey } from '../kernel/signing.ts';
import { SIGNATURE_MS, signRequest, TAG, type WireRequest } from '../network/index.ts';
import { isObject } from '../records/index.ts';
import type { BaseDeps } from '../storage/index.ts';

/** What two nodes say about a move (docs/reference/wire.md): always the old one asks, and the new one answers. */
export const MOVE = 'application/parley-move+json';
export const MOVE_PART = 'application/parley-move-part';
const MOVES = /^\/parley\/v1\/moves\/([0-9a-z]{26})\/(offer|ask|hand-over|cancel|parts\/(0|[1-9]\d{0,12}))$/;
const FORWARDED = /^\/parley\/v1\/forwarded\/([0-9a-z]{26})$/;

type MoveVerb = 'offer' | 'ask' | 'hand-over' | 'cancel' | 'part';

export interface MovePath {
  readonly move: string;
  readonly verb: MoveVerb;
  /** Where a part begins. */
  readonly offset: number;
}

export function moveUrl(origin: string, move: string, verb: string): string {
  return `${origin}/parley/v1/moves/${move}/${verb}`;
}

/** Undefined for anything that is not about a move. */
export function movePathOf(url: string): MovePath | undefined {
  const { pathname, search } = new URL(url);
  const found = search === '' ? MOVES.exec(pathname) : null;
  const [, move, verb = '', offset] = found ?? [];
  if (move === undefined) return undefined;
  if (offset !== undefined) return { move, verb: 'part', offset: Number(offset) };
  return verb === 'offer' || verb === 'ask' || verb === 'hand-over' || verb === 'cancel'
    ? { move, verb, offset: 0 }
    : undefined;
}

export function forwardedUrl(origin: string, home: string): string {
  return `${origin}/parley/v1/forwarded/${home}`;
}

/** For whom a request was sent on; undefined for any other. */
export function forwardedHomeOf(url: string): string | undefined {
  const { pathname, search } = new URL(url);
  return search === '' ? FORWARDED.exec(pathname)?.[1] : undefined;
}

/** Proves to the new node that this very key has its invitation. */
export function proofOf(secret: Uint8Array, publicKey: Uint8Array): string {
  return toBase64url(derive(secret, `parley/move-proof/v1/${toBase64url(publicKey)}`));
}

/** What the archive that moves is locked with. */
export function archivePassphrase(secret: Uint8Array): string {
  return toBase64url(derive(secret, 'parley/move-archive/v1'));
}

/** A request signed with the key of this node itself. */
export function signedByNode(
  deps: BaseDeps,
  request: WireRequest,
  key: SigningKey,
  offset: number,
): WireRequest {
  const created = deps.clock.now() + offset;
  const nonce = toBase64url(deps.random.bytes(16));
  return signRequest(request, key, { created, expires: created + SIGNATURE_MS, nonce, tag: TAG });
}

export function jsonOctets(value: JsonObject): Uint8Array {
  return toUtf8(JSON.stringify(value));
}

/** The object that a body is; undefined for anything else. */
export function objectIn(body: Uint8Array): JsonObject | undefined {
  const text = fromUtf8(body);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  return parsed?.ok && isObject(parsed.value) ? parsed.value : undefined;
}
