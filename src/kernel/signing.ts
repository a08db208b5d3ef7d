import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { concat, fromBase64url, hashId, toBase64url, toUtf8 } from './bytes.ts';
import { isSmallOrder } from './small-order.ts';

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 key pair (RFC 8032) held in memory. */
export interface SigningKey {
  /** 32 octets. */
  readonly publicKey: Uint8Array;
  /** The key's name in a `kid`: its RFC 7638 thumbprint (RFC 8037 appendix A.3). */
  readonly kid: string;
  /** The 64-octet signature of these octets. */
  sign(octets: Uint8Array): Uint8Array;
}

/** The key pair of a 32-octet seed; the same seed always gives the same pair. */
export function signingKey(seed: Uint8Array): SigningKey {
  if (seed.length !== 32) throw new Error('an Ed25519 seed has 32 octets');
  const der = Buffer.from(concat(PKCS8_PREFIX, seed));
  const secret: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  // As a JWK (RFC 8037), because the driver takes ten times as long over the same 32 octets in DER.
  const publicKey = fromBase64url(secret.export({ format: 'jwk' }).x ?? '');
  if (publicKey?.length !== 32) throw new Error('an Ed25519 key has 32 octets');
  return {
    publicKey,
    kid: thumbprint(publicKey),
    sign: (octets) => new Uint8Array(sign(null, octets, secret)),
  };
}

/** RFC 7638 thumbprint of an Ed25519 public key, base64url. */
export function thumbprint(publicKey: Uint8Array): string {
  return hashId(toUtf8(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64url(publicKey)}"}`));
}

/** A public key of somebody, made ready to check many signatures. */
export interface VerifyingKey {
  readonly kid: string;
  /**
   * True when the signature is this key's over these octets: S below L, neither the key nor R of small order, and R equal
   * to S B - k A octet by octet (RFC 8032, section 5.1.7, without the cofactor). What passes here passes with every
   * verifier; a key of mixed order is not recognised as one (docs/decisions/0011-which-signatures-hold.md).
   */
  holds(octets: Uint8Array, signature: Uint8Array): boolean;
}

/** What is no key at all holds nothing. */
export function verifyingKey(publicKey: Uint8Array): VerifyingKey {
  const key = publicKeyObject(publicKey);
  return {
    kid: thumbprint(publicKey),
    holds: (octets, signature) => key !== undefined && holdsFor(key, octets, signature),
  };
}

function holdsFor(key: KeyObject, octets: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || isSmallOrder(signature.subarray(0, 32))) return false;
  try {
    return verify(null, octets, key, signature);
  } catch {
    return false;
  }
}

export function verifySignature(publicKey: Uint8Array, octets: Uint8Array, signature: Uint8Array): boolean {
  const key = publicKeyObject(publicKey);
  return key !== undefined && holdsFor(key, octets, signature);
}

function publicKeyObject(publicKey: Uint8Array): KeyObject | undefined {
  if (publicKey.length !== 32 || isSmallOrder(publicKey)) return undefined;
  try {
    const der = Buffer.from(concat(SPKI_PREFIX, publicKey));
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
