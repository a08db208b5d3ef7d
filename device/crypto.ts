import { concat, type Octets, toBase64url, toUtf8 } from './octets.ts';

/** Everything that is sealed, by the one engine that a page and Node both have: WebCrypto. */
const { subtle } = globalThis.crypto;

/** A key as WebCrypto keeps it; its octets do not come out again. */
export type Cipher = Awaited<ReturnType<typeof subtle.importKey>>;

/** So many octets that nobody can foresee. */
export type Draw = (count: number) => Uint8Array;

const NONCE = 12;
const TAG = 16;

/** What a seal adds to what is sealed. */
export const SEAL = NONCE + TAG;

async function sha256(octets: Uint8Array): Promise<Octets> {
  return new Uint8Array(await subtle.digest('SHA-256', owned(octets)));
}

/** SHA-256 in base64url. */
export async function digestOf(octets: Uint8Array): Promise<string> {
  return toBase64url(await sha256(octets));
}

/** HKDF-SHA256 (RFC 5869) without a salt: 32 octets named by `info`. */
export async function derive(secret: Uint8Array, info: string): Promise<Octets> {
  const key = await subtle.importKey('raw', owned(secret), 'HKDF', false, ['deriveBits']);
  const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: toUtf8(info) };
  return new Uint8Array(await subtle.deriveBits(params, key, 256));
}

export function cipherOf(key: Uint8Array): Promise<Cipher> {
  return subtle.importKey('raw', owned(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** AES-256-GCM: nonce (12), what is sealed, tag (16). The context is authenticated with it. */
export async function seal(key: Cipher, plain: Uint8Array, context: string, draw: Draw): Promise<Octets> {
  const iv = owned(draw(NONCE));
  const params = { name: 'AES-GCM', iv, additionalData: toUtf8(context) };
  return concat(iv, new Uint8Array(await subtle.encrypt(params, key, owned(plain))));
}

/** Undefined when the key, the context or a single bit differs. */
export async function open(key: Cipher, sealed: Uint8Array, context: string): Promise<Octets | undefined> {
  if (sealed.length < SEAL) return undefined;
  const octets = owned(sealed);
  const params = { name: 'AES-GCM', iv: octets.subarray(0, NONCE), additionalData: toUtf8(context) };
  try {
    return new Uint8Array(await subtle.decrypt(params, key, octets.subarray(NONCE)));
  } catch {
    return undefined;
  }
}

/** What stands before the 32 octets of an X25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20];

/** An X25519 key pair (RFC 7748). */
export interface Pair {
  readonly secret: Octets;
  /** The public key, 32 octets in base64url. */
  readonly open: string;
}

export async function pairOf(secret: Uint8Array): Promise<Pair> {
  const pkcs8 = concat(new Uint8Array(PKCS8), secret);
  const key = await subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, true, ['deriveBits']);
  const { x = '' } = await subtle.exportKey('jwk', key);
  return { secret: owned(secret), open: x };
}

/** What two pairs have in common; undefined for a key that is none. */
export async function agree(secret: Uint8Array, other: Uint8Array): Promise<Octets | undefined> {
  const pkcs8 = concat(new Uint8Array(PKCS8), secret);
  try {
    const mine = await subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits']);
    const theirs = await subtle.importKey('raw', owned(other), { name: 'X25519' }, false, []);
    const params = { name: 'X25519', public: theirs };
    return new Uint8Array(await subtle.deriveBits(params, mine, 256));
  } catch {
    return undefined;
  }
}

/** PBKDF2 with HMAC-SHA-512 (RFC 8018): so many octets, which so many passes have to be made for. */
export async function stretch(
  secret: Uint8Array,
  salt: Uint8Array,
  passes: number,
  count: number,
): Promise<Octets> {
  const key = await subtle.importKey('raw', owned(secret), 'PBKDF2', false, ['deriveBits']);
  const params = { name: 'PBKDF2', hash: 'SHA-512', salt: owned(salt), iterations: passes };
  return new Uint8Array(await subtle.deriveBits(params, key, count * 8));
}

/** HMAC-SHA256. */
export async function hmac(secret: Uint8Array, octets: Uint8Array): Promise<Octets> {
  const how = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', owned(secret), how, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', key, owned(octets)));
}

/** AES-256-GCM under a nonce that whoever calls answers for: what is sealed, then the tag. */
export async function encryptAs(
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  context: Uint8Array,
): Promise<Octets> {
  const params = { name: 'AES-GCM', iv: owned(nonce), additionalData: owned(context) };
  return new Uint8Array(await subtle.encrypt(params, await cipherOf(key), owned(plain)));
}

/** Whether this Ed25519 key made this signature. */
export async function signedBy(key: Uint8Array, signature: Uint8Array, octets: Uint8Array): Promise<boolean> {
  try {
    const own = await subtle.importKey('raw', owned(key), { name: 'Ed25519' }, false, ['verify']);
    return await subtle.verify({ name: 'Ed25519' }, own, owned(signature), owned(octets));
  } catch {
    return false;
  }
}

function owned(octets: Uint8Array): Octets {
  return octets.buffer instanceof ArrayBuffer
    ? new Uint8Array(octets.buffer, octets.byteOffset, octets.length)
    : new Uint8Array(octets);
}
