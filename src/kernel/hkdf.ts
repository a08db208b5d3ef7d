import { hash } from 'node:crypto';
import { assert } from './result.ts';

/**
 * HKDF-SHA256 (RFC 5869) in its two steps, which node:crypto offers only together. HMAC (RFC 2104) stands here as two
 * one-shot hashes, because node's own looks its digest up anew each time and takes five times as long; a test holds
 * both against each other.
 */
const BLOCK = 64;
const DIGEST = 32;

export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  assert(key.length <= BLOCK, 'a longer key would have to be hashed first');
  const inner = Buffer.alloc(BLOCK, 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  for (let at = 0; at < key.length; at++) {
    inner[at] = (key[at] ?? 0) ^ 0x36;
    outer[at] = (key[at] ?? 0) ^ 0x5c;
  }
  outer.set(hash('sha256', Buffer.concat([inner, ...parts]), 'buffer'), BLOCK);
  return new Uint8Array(hash('sha256', outer, 'buffer'));
}

/** A pseudorandom key of 32 octets. */
export function hkdfExtract(salt: Uint8Array, ...ikm: readonly Uint8Array[]): Uint8Array {
  return hmacSha256(salt, ...ikm);
}

export function hkdfExpand(prk: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  assert(length <= 255 * DIGEST, 'HKDF gives at most 255 blocks');
  const out = new Uint8Array(Math.ceil(length / DIGEST) * DIGEST);
  for (let at = 0, count = 1; at < length; at += DIGEST, count++) {
    const previous = out.subarray(Math.max(0, at - DIGEST), at);
    out.set(hmacSha256(prk, previous, info, new Uint8Array([count])), at);
  }
  return out.subarray(0, length);
}
