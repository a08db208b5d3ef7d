import { fromBase64url } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import {
  type DocumentPayload,
  isObject,
  type SignedDocument,
  signedBy,
  type WireDocument,
} from '../records/index.ts';

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
