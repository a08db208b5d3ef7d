import { fromBase64url, hashId, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import { ok, type Result } from '../kernel/result.ts';
import { type SigningKey, type VerifyingKey, verifyingKey } from '../kernel/signing.ts';
import { isObject, malformed, octetsOf, parsePayload, signatureHolds, signPayload } from './jws.ts';
import type { Signature, SignedDocument, WireDocument } from './model.ts';

/** Members that every document has: what it is, the version of its shape, and what a reader must understand. */
export type DocumentPayload = JsonObject & { type: string; v: number; crit?: string[] };

/** The octets of a payload, fixed from here on: they are stored and sent, never serialised again. */
function documentOctets(payload: DocumentPayload): Uint8Array {
  return toUtf8(JSON.stringify(payload));
}

export function signDocument(payload: DocumentPayload, key: SigningKey): SignedDocument {
  const octets = documentOctets(payload);
  return { payload: octets, signatures: [signPayload(octets, key, 'parley-document')] };
}

/** The same document with one more signature over the identical octets. */
export function addSignature(document: SignedDocument, key: SigningKey): SignedDocument {
  const added = signPayload(document.payload, key, 'parley-document');
  return { payload: document.payload, signatures: [...document.signatures, added] };
}

export function documentId(document: SignedDocument): string {
  return hashId(document.payload);
}

/** The payload as an object of this type and version; an unknown `crit` is refused. */
export function readDocument(document: SignedDocument, type: string, v: number): Result<DocumentPayload> {
  const parsed = parsePayload(document.payload);
  if (!parsed.ok) return parsed;
  const payload = parsed.value;
  if (payload.type !== type || payload.v !== v) return malformed(`it is not a ${type} of version ${v}`);
  if (Array.isArray(payload.crit) && payload.crit.length > 0) return malformed('it needs a newer reader');
  return ok(payload as DocumentPayload); // type and v were just checked
}

/** True when one of the signatures is this key's (32 octets, or made ready for many). */
export function signedBy(document: SignedDocument, key: Uint8Array | VerifyingKey): boolean {
  const ready = key instanceof Uint8Array ? verifyingKey(key) : key;
  return document.signatures.some((s) => signatureHolds(document.payload, s, ready, 'parley-document'));
}

/** The same when there is no other: what is kept must hold with everything that stands beside it. */
export function signedByOnly(document: SignedDocument, key: Uint8Array | VerifyingKey): boolean {
  return document.signatures.length === 1 && signedBy(document, key);
}

export function toWire(document: SignedDocument): WireDocument {
  const signatures = document.signatures.map((s) => ({
    protected: toBase64url(s.protected),
    signature: toBase64url(s.signature),
  }));
  return { payload: toBase64url(document.payload), signatures };
}

/** Reads `{payload, signatures: [{protected, signature}]}`; checks the form, not the signatures. */
export function fromWire(value: unknown): Result<SignedDocument> {
  if (!isObject(value) || !Array.isArray(value.signatures)) return malformed('it is not a signed document');
  const payload = octetsOf(value.payload);
  if (!payload || value.signatures.length < 1 || value.signatures.length > 4)
    return malformed('parts are missing');
  const signatures: Signature[] = [];
  for (const entry of value.signatures) {
    const header = isObject(entry) ? octetsOf(entry.protected) : undefined;
    const signature = isObject(entry) ? octetsOf(entry.signature) : undefined;
    if (!header || !signature) return malformed('a signature is not base64url');
    signatures.push({ protected: header, signature });
  }
  return ok({ payload, signatures });
}

/** The public key of a base64url member, when it is one. */
export function keyOf(value: unknown): Uint8Array | undefined {
  const key = typeof value === 'string' ? fromBase64url(value) : undefined;
  return key?.length === 32 ? key : undefined;
}
