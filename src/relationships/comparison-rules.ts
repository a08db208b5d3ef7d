import { sha256, toUtf8 } from '../kernel/bytes.ts';

const GROUPS = 6;
const DIGITS = 5;

/**
 * Six groups of five digits that are the same on both screens while both know each other by the same root keys: made of
 * both keys in one order, whoever's they are. Only for eyes and telephones; nothing is signed with it.
 */
export function comparisonCode(one: Uint8Array, other: Uint8Array): string {
  const both = [one, other].sort((a, b) => Buffer.compare(a, b));
  const digest = Buffer.from(sha256(toUtf8('parley/comparison/v1|'), ...both));
  const number = BigInt(`0x${digest.toString('hex', 0, 24)}`) % 10n ** BigInt(GROUPS * DIGITS);
  const digits = number.toString().padStart(GROUPS * DIGITS, '0');
  return (digits.match(/.{5}/g) ?? []).join(' ');
}
