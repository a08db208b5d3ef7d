/**
 * A side as the code knows it: the last entry of its key log, which names the one before it and so all of them. A root is no side:
 * anybody may name somebody else's in a log of their own, and who had one before goes on from there otherwise.
 */
export interface Side {
  /** The id of that entry, base64url of 32 octets. */
  readonly head: string;
}

/** What nodes and devices have in common of the code that two people compare. */
export const COMPARISON = {
  label: 'parley/comparison/v4',
  /**
   * PBKDF2 with HMAC-SHA-512. Whoever stands between makes an identity for either side, and looks for two codes that are the same:
   * 2^50 tries for 30 digits, each of which costs 2 * 5,200 hashes. So it is 2^63 in all, and some milliseconds for a screen.
   */
  passes: 5_200,
  octets: 24,
} as const;

const GROUPS = 6;
const DIGITS = 5;

/** Six groups of five digits. */
export function codeOf(octets: Uint8Array): string {
  const number =
    octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) % 10n ** BigInt(GROUPS * DIGITS);
  const digits = number.toString().padStart(GROUPS * DIGITS, '0');
  return (digits.match(/.{5}/g) ?? []).join(' ');
}
