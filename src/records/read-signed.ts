import type { z } from 'zod';
import { ok, type Result } from '../kernel/result.ts';
import type { VerifyingKey } from '../kernel/signing.ts';
import { documentId, fromWire, readDocument, signedByOnly } from './document.ts';
import { malformed } from './jws.ts';
import type { SignedDocument } from './model.ts';

/** A document that was read: its id, what it says, and the very octets. */
export interface Read<T> {
  readonly id: string;
  readonly value: T;
  readonly document: SignedDocument;
}

/** A document that came in, by its form, its type and its schema; nobody's signature has been checked. */
export function readClaim<T>(wire: unknown, type: string, schema: z.ZodType<T>): Result<Read<T>> {
  const document = fromWire(wire);
  if (!document.ok) return document;
  const payload = readDocument(document.value, type, 1);
  if (!payload.ok) return payload;
  const parsed = schema.safeParse(payload.value);
  if (!parsed.success)
    return malformed(`${parsed.error.issues[0]?.path.map(String).join('.') || type} does not fit`);
  return ok({ id: documentId(document.value), value: parsed.data, document: document.value });
}

/** The same with one signature, which holds: that of the key which is found in it, or known to whoever reads. */
export function readSigned<T>(
  wire: unknown,
  type: string,
  schema: z.ZodType<T>,
  signer: (value: T) => Uint8Array | VerifyingKey | undefined,
): Result<Read<T>> {
  const read = readClaim(wire, type, schema);
  if (!read.ok) return read;
  const key = signer(read.value.value);
  return key && signedByOnly(read.value.document, key) ? read : malformed('its signature does not hold');
}
