import { fromUtf8, toUtf8 } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Json, type JsonObject, parseStrictJson } from '../kernel/json.ts';
import { assert } from '../kernel/result.ts';
import { open, seal } from '../kernel/sealing.ts';
import { isObject } from '../records/index.ts';
import type { BaseDeps } from '../storage/index.ts';

/** What is sealed under the node's key, each opened as nothing else (archive/node-bound.ts seals it anew elsewhere). */
type What = 'proof-claims' | 'proof-copy' | 'proof-key';

export function sealText(deps: BaseDeps, home: HomeId, what: What, text: string): Uint8Array {
  return seal(deps.nodeKey, toUtf8(text), `${what}|${home}`, deps.random);
}

export function openText(deps: BaseDeps, home: HomeId, what: What, sealed: Uint8Array): string {
  const octets = open(deps.nodeKey, sealed, `${what}|${home}`);
  const text = octets && fromUtf8(octets);
  assert(text !== undefined, 'what the node sealed opens with its key');
  return text;
}

export function sealJson(deps: BaseDeps, home: HomeId, what: What, value: JsonObject): Uint8Array {
  return sealText(deps, home, what, JSON.stringify(value));
}

export function openJson(deps: BaseDeps, home: HomeId, what: What, sealed: Uint8Array): JsonObject {
  const read = parseStrictJson(openText(deps, home, what, sealed));
  const value: Json | undefined = read.ok ? read.value : undefined;
  assert(isObject(value), 'what was sealed as an object is one');
  return value;
}
