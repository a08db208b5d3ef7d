import { equalBytes, fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import { type JsonObject, parseStrictJson } from '../kernel/json.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import type { SigningKey, VerifyingKey } from '../kernel/signing.ts';
import type { Signature } from './model.ts';

/** What the octets are, in the protected header, so that a signature of one kind never passes for another. */
type Typ = 'parley-record' | 'parley-document' | 'parley-receipt';

const ALG = 'Ed25519'; // fully specified, RFC 9864

function protectedHeader(kid: string, typ: Typ): Uint8Array {
  return toUtf8(JSON.stringify({ alg: ALG, kid, typ }));
}

/** The header of every document that this key signs, in base64url. */
export function documentHeader({ kid }: Pick<SigningKey, 'kid'>): string {
  return toBase64url(protectedHeader(kid, 'parley-document'));
}

/** RFC 7515 section 5.1: BASE64URL(protected) || '.' || BASE64URL(payload). */
function signingInput(header: Uint8Array, payload: Uint8Array): Uint8Array {
  return toUtf8(`${toBase64url(header)}.${toBase64url(payload)}`);
}

export function signPayload(payload: Uint8Array, key: SigningKey, typ: Typ): Signature {
  const header = protectedHeader(key.kid, typ);
  return { protected: header, signature: key.sign(signingInput(header, payload)) };
}

/** The `kid` of a protected header that is exactly `{alg, kid, typ}` of the expected kind; else undefined. */
export function headerKid(header: Uint8Array, typ: Typ): string | undefined {
  const text = fromUtf8(header);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  if (!parsed?.ok || !isObject(parsed.value)) return undefined;
  const { alg, kid, typ: found, ...rest } = parsed.value;
  const exact = alg === ALG && found === typ && Object.keys(rest).length === 0;
  return exact && typeof kid === 'string' ? kid : undefined;
}

/** True when this key made this signature over these octets as this kind of thing. */
export function signatureHolds(
  payload: Uint8Array,
  signature: Signature,
  key: VerifyingKey,
  typ: Typ,
): boolean {
  // Nearly every header is the very one that is made here.
  const isOwnForm = equalBytes(signature.protected, protectedHeader(key.kid, typ));
  if (!isOwnForm && headerKid(signature.protected, typ) !== key.kid) return false;
  return key.holds(signingInput(signature.protected, payload), signature.signature);
}

/** Signs a receipt's octets as the one who was written to. */
export function signReceipt(receipt: Uint8Array, key: SigningKey): Signature {
  return signPayload(receipt, key, 'parley-receipt');
}

/** True when this key signed this receipt. */
export function signatureOfReceipt(receipt: Uint8Array, signature: Signature, key: VerifyingKey): boolean {
  return signatureHolds(receipt, signature, key, 'parley-receipt');
}

/** The object in signed octets: size, UTF-8, strict JSON; nothing is repaired. */
export function parsePayload(payload: Uint8Array): Result<JsonObject> {
  if (payload.length > LIMITS.recordBytes) return malformed('it is too large');
  const text = fromUtf8(payload);
  if (text === undefined) return malformed('it is not UTF-8');
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return malformed('it is not strict JSON');
  return isObject(parsed.value) ? ok(parsed.value) : malformed('it is not an object');
}

export function malformed(why: string): Failure {
  return fail(
    'record-malformed',
    `A signed statement was refused: ${why}.`,
    'Ask the sender to send it again.',
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Octets of a base64url member, or a refusal. */
export function octetsOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? fromBase64url(value) : undefined;
}
