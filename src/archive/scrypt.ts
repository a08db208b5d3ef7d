import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { concat, toUtf8 } from '../kernel/bytes.ts';

const LABEL = 'age-encryption.org/v1/scrypt';
const NONCE = new Uint8Array(12);
const TAG = 16;

/**
 * The key of an age scrypt stanza (C2SP age, "scrypt recipient stanza"), made outside the event loop. The passphrase is
 * NFKC-normalised, so that one typed on another keyboard is the same one.
 */
function wrapKey(passphrase: string, salt: Uint8Array, workFactor: number): Promise<Uint8Array> {
  const options = { N: 2 ** workFactor, r: 8, p: 1, maxmem: 2 ** workFactor * 2048 };
  const labelled = concat(toUtf8(LABEL), salt);
  return new Promise((resolve, reject) => {
    scrypt(toUtf8(passphrase.normalize('NFKC')), labelled, 32, options, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
}

/** A file key of 16 octets under the passphrase: 32 octets, ChaCha20-Poly1305 (RFC 8439) with a nonce of zeroes. */
export async function wrapFileKey(
  fileKey: Uint8Array,
  passphrase: string,
  salt: Uint8Array,
  workFactor: number,
): Promise<Uint8Array> {
  const key = await wrapKey(passphrase, salt, workFactor);
  const cipher = createCipheriv('chacha20-poly1305', key, NONCE, { authTagLength: TAG });
  return concat(cipher.update(fileKey), cipher.final(), cipher.getAuthTag());
}

/** The file key, or undefined when the passphrase is another one or the stanza is damaged. */
export async function unwrapFileKey(
  wrapped: Uint8Array,
  passphrase: string,
  salt: Uint8Array,
  workFactor: number,
): Promise<Uint8Array | undefined> {
  const key = await wrapKey(passphrase, salt, workFactor);
  const decipher = createDecipheriv('chacha20-poly1305', key, NONCE, { authTagLength: TAG });
  decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG));
  try {
    return concat(decipher.update(wrapped.subarray(0, wrapped.length - TAG)), decipher.final());
  } catch {
    return undefined;
  }
}
