import type { Random } from './random.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A party, the node, a market: whose rows these are (law 1). */
export type HomeId = string;

/** 128 random bits in 26 characters of Crockford's base 32, lower case: carries no time, order or place. */
export function newId(random: Random): string {
  return base32(random.bytes(16));
}

/** Milliseconds that ids of one beginning are made in, and the letters of it: until the year 2248. */
const SPAN_MS = 2 ** 18;
const SPAN_CHARS = 5;

/**
 * 104 random bits behind the few minutes in which it was made: such ids stand together in an index, and a new one finds
 * its place without the old ones. For envelopes, which bear their time anyway.
 */
export function newTimedId(at: number, random: Random): string {
  let span = Math.floor(at / SPAN_MS);
  let letters = '';
  for (let i = 0; i < SPAN_CHARS; i++) {
    letters = (ALPHABET[span % 32] ?? '') + letters;
    span = Math.floor(span / 32);
  }
  return letters + base32(random.bytes(13));
}

/** Crockford's base 32 (no i, l, o, u), lower case, most significant bit first. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? out + ALPHABET[(value << (5 - bits)) & 31] : out;
}

/** The bytes of base32 text; reads o as 0 and i, l as 1; undefined for anything else. */
export function fromBase32(text: string, byteLength: number): Uint8Array | undefined {
  const out = new Uint8Array(byteLength);
  let at = 0;
  let bits = 0;
  let value = 0;
  for (const raw of text.toLowerCase()) {
    const char = raw === 'o' ? '0' : raw === 'i' || raw === 'l' ? '1' : raw;
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return undefined;
    value = (value << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      if (at >= byteLength) return undefined;
      out[at++] = (value >>> bits) & 255;
    }
    value &= (1 << bits) - 1;
  }
  return at === byteLength && value === 0 ? out : undefined;
}
