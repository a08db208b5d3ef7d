import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto';
import { concat, toUtf8 } from './bytes.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';
import type { Random } from './random.ts';
import { assert } from './result.ts';

/**
 * HPKE (RFC 9180) in base mode with one KEM and one KDF, on node:crypto: everything here is a few calls of it, the
 * randomness is an argument, and nothing waits. Numbers are those of IANA's HPKE registry.
 */
export const KEM_X25519_SHA256 = 0x0020;
export const KDF_SHA256 = 0x0001;
export const AES_128_GCM = 0x0001;
export const AES_256_GCM = 0x0002;
export type Aead = typeof AES_128_GCM | typeof AES_256_GCM;

export const KEM_OCTETS = 32;
export const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;

/** An X25519 key pair (RFC 7748) held in memory. */
export interface HpkeKey {
  /** 32 octets. */
  readonly publicKey: Uint8Array;
  /** The secret shared with the holder of the other key; undefined when that key is of small order. */
  agree(publicKey: Uint8Array): Uint8Array | undefined;
}

/** What both ends have: secrets named by a context (RFC 9180, section 5.3). */
interface Exporter {
  export(context: Uint8Array, length: number): Uint8Array;
}

export interface HpkeSender extends Exporter {
  /** 32 octets that let the recipient make the same keys. */
  readonly encapsulated: Uint8Array;
  /** Seals the next message; the recipient opens them in this order. */
  seal(plain: Uint8Array, aad?: Uint8Array): Uint8Array;
}

export interface HpkeRecipient extends Exporter {
  /** The next message, or undefined when it is not the next one or was altered. */
  open(sealed: Uint8Array, aad?: Uint8Array): Uint8Array | undefined;
}

const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');
const NOTHING = new Uint8Array(0);
const VERSION = toUtf8('HPKE-v1');
const KEM = labelsOf(concat(toUtf8('KEM'), twoOctets(KEM_X25519_SHA256)), [
  'dkp_prk',
  'sk',
  'eae_prk',
  'shared_secret',
]);
const SUITES = { [AES_128_GCM]: suiteOf(AES_128_GCM), [AES_256_GCM]: suiteOf(AES_256_GCM) };
const BASE_MODE = new Uint8Array([0]);

/** The key pair of 32 secret octets. */
export function hpkeKey(secret: Uint8Array): HpkeKey {
  assert(secret.length === KEM_OCTETS, 'an X25519 secret has 32 octets');
  const der = Buffer.from(concat(PKCS8_PREFIX, secret));
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = privateKey.export({ format: 'jwk' }); // several times faster than making a public KeyObject of it
  assert(x !== undefined, 'a JWK of X25519 has an x');
  return {
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    agree: (publicKey) => agree(privateKey, publicKey),
  };
}

/** `DeriveKeyPair` (section 7.1.3): the same pair for the same secret of at least 32 octets. */
export function deriveHpkeKey(secret: Uint8Array): HpkeKey {
  assert(secret.length >= KEM_OCTETS, 'a key is derived from at least 32 octets');
  const prk = hkdfExtract(NOTHING, KEM.dkp_prk, secret);
  return hpkeKey(expand(prk, KEM.sk, NOTHING, KEM_OCTETS));
}

/** `SetupBaseS` (section 5.1.1); undefined when the recipient's key is none. */
export function setupSender(
  recipient: Uint8Array,
  info: Uint8Array,
  aead: Aead,
  random: Random,
): HpkeSender | undefined {
  const ephemeral = hpkeKey(random.bytes(KEM_OCTETS));
  const dh = ephemeral.agree(recipient);
  if (!dh) return undefined;
  const schedule = keySchedule(dh, concat(ephemeral.publicKey, recipient), info, aead);
  let sequence = 0;
  return {
    encapsulated: ephemeral.publicKey,
    seal: (plain, aad = NOTHING) =>
      gcmSeal(aead, schedule.key, nonceOf(schedule.baseNonce, sequence++), plain, aad),
    export: schedule.export,
  };
}

/** `SetupBaseR`; undefined when `encapsulated` is no key. Whether it is meant for us, `open` shows. */
export function setupRecipient(
  own: HpkeKey,
  encapsulated: Uint8Array,
  info: Uint8Array,
  aead: Aead,
): HpkeRecipient | undefined {
  const dh = own.agree(encapsulated);
  if (!dh) return undefined;
  const schedule = keySchedule(dh, concat(encapsulated, own.publicKey), info, aead);
  let sequence = 0;
  return {
    open(sealed, aad = NOTHING) {
      const plain = gcmOpen(aead, schedule.key, nonceOf(schedule.baseNonce, sequence), sealed, aad);
      if (plain) sequence++;
      return plain;
    },
    export: schedule.export,
  };
}

export function keyOctets(aead: Aead): number {
  return aead === AES_128_GCM ? 16 : 32;
}

/** AES-GCM with a nonce that the caller answers for: ciphertext, then the tag. */
export function gcmSeal(
  aead: Aead,
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  aad: Uint8Array = NOTHING,
): Uint8Array {
  const cipher = createCipheriv(aead === AES_128_GCM ? 'aes-128-gcm' : 'aes-256-gcm', key, nonce);
  cipher.setAAD(aad);
  const sealed = new Uint8Array(plain.length + TAG_OCTETS);
  sealed.set(cipher.update(plain));
  cipher.final(); // nothing: GCM has no blocks to fill
  sealed.set(cipher.getAuthTag(), plain.length);
  return sealed;
}

export function gcmOpen(
  aead: Aead,
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array = NOTHING,
): Uint8Array | undefined {
  if (sealed.length < TAG_OCTETS) return undefined;
  const end = sealed.length - TAG_OCTETS;
  const decipher = createDecipheriv(aead === AES_128_GCM ? 'aes-128-gcm' : 'aes-256-gcm', key, nonce);
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(end));
  try {
    const { buffer, byteOffset, length } = decipher.update(sealed.subarray(0, end));
    decipher.final();
    return new Uint8Array(buffer, byteOffset, length);
  } catch {
    return undefined;
  }
}

function agree(privateKey: KeyObject, other: Uint8Array): Uint8Array | undefined {
  if (other.length !== KEM_OCTETS) return undefined;
  const der = Buffer.from(concat(SPKI_PREFIX, other));
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  try {
    return new Uint8Array(diffieHellman({ privateKey, publicKey }));
  } catch {
    return undefined; // OpenSSL refuses a shared secret of zeros, as section 7.1.4 asks
  }
}

/** `ExtractAndExpand` of the KEM, then `KeySchedule` (section 5.1) without a pre-shared key. */
function keySchedule(dh: Uint8Array, kemContext: Uint8Array, info: Uint8Array, aead: Aead) {
  const prk = hkdfExtract(NOTHING, KEM.eae_prk, dh);
  const shared = expand(prk, KEM.shared_secret, kemContext, KEM_OCTETS);
  const suite = SUITES[aead];
  const context = concat(BASE_MODE, suite.noPskHash, hkdfExtract(NOTHING, suite.info_hash, info));
  const secret = hkdfExtract(shared, suite.secret);
  const exporterSecret = expand(secret, suite.exp, context, 32);
  return {
    key: expand(secret, suite.key, context, keyOctets(aead)),
    baseNonce: expand(secret, suite.base_nonce, context, NONCE_OCTETS),
    export: (exporterContext: Uint8Array, length: number) =>
      expand(exporterSecret, suite.sec, exporterContext, length),
  };
}

function nonceOf(baseNonce: Uint8Array, sequence: number): Uint8Array {
  assert(sequence < 2 ** 48, 'no context seals that many messages');
  const nonce = Buffer.from(baseNonce);
  const counter = Buffer.alloc(NONCE_OCTETS);
  counter.writeUIntBE(sequence, NONCE_OCTETS - 6, 6);
  return nonce.map((octet, at) => octet ^ (counter[at] ?? 0));
}

/** `LabeledExpand` (section 4); `LabeledExtract` is `hkdfExtract` after a label. */
function expand(prk: Uint8Array, label: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return hkdfExpand(prk, concat(twoOctets(length), label, info), length);
}

/** What stands before the octets of each use of a key, made once. */
function labelsOf<L extends string>(
  suite: Uint8Array,
  labels: readonly L[],
): Readonly<Record<L, Uint8Array>> {
  const made = labels.map((label) => [label, concat(VERSION, suite, toUtf8(label))]);
  return Object.fromEntries(made) as Record<L, Uint8Array>; // one entry for each label
}

function suiteOf(aead: Aead) {
  const id = concat(toUtf8('HPKE'), twoOctets(KEM_X25519_SHA256), twoOctets(KDF_SHA256), twoOctets(aead));
  const labels = labelsOf(id, ['psk_id_hash', 'info_hash', 'secret', 'key', 'base_nonce', 'exp', 'sec']);
  return { ...labels, noPskHash: hkdfExtract(NOTHING, labels.psk_id_hash) };
}

function twoOctets(value: number): Uint8Array {
  return new Uint8Array([value >> 8, value & 0xff]);
}
