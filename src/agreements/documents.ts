import type { z } from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import { ok, type Result } from '../kernel/result.ts';
import {
  type DocumentPayload,
  fromWire,
  isObject,
  keyOf,
  malformed,
  readDocument,
  type SignedDocument,
  signedBy,
  type WireDocument,
} from '../records/index.ts';

/** A document that came in: its form, its type, its schema, and this key's signature over its octets. */
export function readSigned<T>(
  wire: unknown,
  type: string,
  schema: z.ZodType<T>,
  key: (payload: T) => string,
): Result<{ document: SignedDocument; payload: T }> {
  const document = fromWire(wire);
  if (!document.ok) return document;
  const read = readDocument(document.value, type, 1);
  if (!read.ok) return read;
  const payload = schema.safeParse(read.value);
  if (!payload.success) return malformed(`its members are not those of a ${type}`);
  const publicKey = keyOf(key(payload.data));
  if (!publicKey || !signedBy(document.value, publicKey)) return malformed('its signature does not hold');
  return ok({ document: document.value, payload: payload.data });
}

/** True when both sides signed these very octets. */
export function signedByBoth(document: SignedDocument, buyerKey: string, sellerKey: string): boolean {
  const [buyer, seller] = [fromBase64url(buyerKey), fromBase64url(sellerKey)];
  if (!buyer || !seller || document.signatures.length !== 2) return false;
  return signedBy(document, buyer) && signedBy(document, seller);
}

/** A payload that zod has typed, as the document functions take it. */
export function asPayload<T extends { type: string; v: number }>(payload: T): DocumentPayload {
  if (!isObject(payload)) throw new Error('a payload is an object');
  return payload as unknown as DocumentPayload; // plain JSON by its schema
}

/** A wire form as the body of an envelope takes it. */
export function asJson(wire: WireDocument): JsonObject {
  return { payload: wire.payload, signatures: wire.signatures.map((s) => ({ ...s })) };
}
