import { createHash, hash, timingSafeEqual } from 'node:crypto';

/** By how many characters stand beside whole groups of four: what the last one may be, so that no bit is spare. */
const SPARE: readonly (RegExp | undefined)[] = [
  /^[A-Za-z0-9_-]*$/,
  undefined,
  /^[A-Za-z0-9_-]*[AQgw]$/,
  /^[A-Za-z0-9_-]*[AEIMQUYcgkosw048]$/,
];

export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/** Strict base64url (RFC 4648 section 5, no padding, no spare bits); undefined for anything else. */
export function fromBase64url(text: string): Uint8Array | undefined {
  const spare = SPARE[text.length % 4];
  if (!spare?.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toUtf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** Strict UTF-8, no byte order mark swallowed; undefined when the bytes are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

export function sha256(...parts: (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The id of anything signed: base64url of the SHA-256 of its octets, 43 characters. */
export function hashId(octets: Uint8Array): string {
  return hash('sha256', octets, 'base64url');
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Compares in constant time; different lengths are unequal. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
