import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { fromBase64url, hashId, toBase64url, toUtf8 } from '../../kernel/bytes.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { type SigningKey, signingKey, verifyingKey } from '../../kernel/signing.ts';
import { isObject } from '../../records/index.ts';

/** A public key that proofs are signed with: Ed25519 (RFC 8037), or ECDSA on P-256 with SHA-256 (RFC 7518). */
export interface ProofKey {
  /** The key as a JWK, with what belongs to it and nothing else. */
  readonly jwk: JsonObject;
  /** Its RFC 7638 thumbprint. */
  readonly id: string;
  /** The names by which a header may call this way of signing. */
  readonly algs: readonly string[];
  holds(octets: Uint8Array, signature: Uint8Array): boolean;
}

/** A secret key, ready to sign. */
export interface ProofSigner {
  readonly alg: string;
  readonly key: ProofKey;
  sign(octets: Uint8Array): Uint8Array;
}

/** `EdDSA` is what other programs read today; `Ed25519` is the same fully named (RFC 9864). */
const ED25519 = ['EdDSA', 'Ed25519'];

/** The key in a JWK; undefined for anything that is not exactly one public key of the two kinds. */
export function readProofKey(value: unknown): ProofKey | undefined {
  if (!isObject(value) || 'd' in value) return undefined;
  const { kty, crv } = value;
  const [x, y] = [octets32(value.x), octets32(value.y)];
  if (kty === 'OKP' && crv === 'Ed25519' && x && value.y === undefined) return ed25519Key(x);
  if (kty === 'EC' && crv === 'P-256' && x && y) return p256Key(toBase64url(x), toBase64url(y));
  return undefined;
}

export function ed25519Key(publicKey: Uint8Array): ProofKey {
  const { kid, holds } = verifyingKey(publicKey);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey) };
  return { jwk, id: kid, algs: ED25519, holds };
}

function p256Key(x: string, y: string): ProofKey | undefined {
  const jwk = { kty: 'EC', crv: 'P-256', x, y };
  const key = keyObject(() => createPublicKey({ key: jwk, format: 'jwk' }));
  if (!key) return undefined;
  return {
    jwk,
    id: hashId(toUtf8(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`)),
    algs: ['ES256'],
    holds: (octets, signature) =>
      signature.length === 64 && verify('sha256', octets, { key, dsaEncoding: 'ieee-p1363' }, signature),
  };
}

/** The node's own keys as signers of proofs. */
export function ed25519Signer(key: SigningKey): ProofSigner {
  return { alg: 'EdDSA', key: ed25519Key(key.publicKey), sign: key.sign };
}

/** The secret key in a JWK, when its public part is what it says. */
export function readProofSigner(value: unknown): ProofSigner | undefined {
  if (!isObject(value)) return undefined;
  const { d, ...rest } = value;
  const [secret, key] = [octets32(d), readProofKey(rest)];
  if (!secret || !key) return undefined;
  return key.algs === ED25519 ? ed25519From(secret, key) : p256From(secret, key);
}

function ed25519From(secret: Uint8Array, key: ProofKey): ProofSigner | undefined {
  const signer = ed25519Signer(signingKey(secret));
  return signer.key.id === key.id ? signer : undefined;
}

function p256From(secret: Uint8Array, key: ProofKey): ProofSigner | undefined {
  const jwk = { ...key.jwk, d: toBase64url(secret) };
  const own = keyObject(() => createPrivateKey({ key: jwk, format: 'jwk' }));
  if (!own) return undefined;
  const made = (octets: Uint8Array): Uint8Array =>
    new Uint8Array(sign('sha256', octets, { key: own, dsaEncoding: 'ieee-p1363' }));
  // Whether the two halves belong together only a signature tells.
  const probe = toUtf8('parley');
  return key.holds(probe, made(probe)) ? { alg: 'ES256', key, sign: made } : undefined;
}

function octets32(value: unknown): Uint8Array | undefined {
  const octets = typeof value === 'string' ? fromBase64url(value) : undefined;
  return octets?.length === 32 ? octets : undefined;
}

function keyObject(make: () => KeyObject): KeyObject | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
