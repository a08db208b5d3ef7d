import { pbkdf2Sync } from 'node:crypto';
import { concat } from '../kernel/bytes.ts';
import { COMPARISON, codeOf } from './comparison.ts';

/**
 * Six groups of five digits that are the same on both screens while both know each other by the same root keys: made of
 * both keys in one order, whoever's they are. Only for eyes and telephones; nothing is signed with it.
 */
export function comparisonCode(one: Uint8Array, other: Uint8Array): string {
  const both = concat(...[one, other].sort((a, b) => Buffer.compare(a, b)));
  const { label, passes, octets } = COMPARISON;
  return codeOf(pbkdf2Sync(both, label, passes, octets, 'sha512'));
}
