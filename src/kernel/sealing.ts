import { argon2, createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { concat, toUtf8 } from './bytes.ts';
import { LIMITS } from './limits.ts';
import type { Random } from './random.ts';

const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM (NIST SP 800-38D): nonce (12) + ciphertext + tag (16). `context` is authenticated with it,
 * so that a sealed value opens only where it belongs.
 */
export function seal(key: Uint8Array, plain: Uint8Array, context: string, random: Random): Uint8Array {
  const nonce = random.bytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(toUtf8(context));
  return concat(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

/** The plain octets, or undefined when the key, the context or a single bit differs. */
export function open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array | undefined {
  if (sealed.length < NONCE + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE));
  decipher.setAAD(toUtf8(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  try {
    return concat(decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final());
  } catch {
    return undefined;
  }
}

/** HKDF-SHA256 (RFC 5869) of a secret of 32 octets or more: 32 octets named by `info`. */
export function derive(secret: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), toUtf8(info), 32));
}

/** What argon2id costs: memory in KiB, passes, lanes. Kept beside each wrapped key, so that it can grow. */
export interface PassphraseCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export const PASSPHRASE_COST: PassphraseCost = {
  memoryKiB: LIMITS.argon2MemoryKiB,
  passes: LIMITS.argon2Passes,
  lanes: 1,
};

/** argon2id version 1.3 (RFC 9106) of a passphrase, NFKC-normalised: 32 octets. */
export function passphraseKey(
  passphrase: string,
  salt: Uint8Array,
  cost: PassphraseCost,
): Promise<Uint8Array> {
  const options = {
    message: toUtf8(passphrase.normalize('NFKC')),
    nonce: salt,
    parallelism: cost.lanes,
    tagLength: 32,
    memory: cost.memoryKiB,
    passes: cost.passes,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', options, (error, key) => (error ? reject(error) : resolve(new Uint8Array(key))));
  });
}
