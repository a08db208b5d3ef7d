import { pbkdf2Sync } from 'node:crypto';
import { concat, fromBase64url } from '../kernel/bytes.ts';
import { assert } from '../kernel/result.ts';
import { COMPARISON, codeOf, type Side } from './comparison.ts';

/**
 * Six groups of five digits that are the same on both screens while both know each other by the same key logs: made of
 * both sides in one order, whoever's they are. Only for eyes and telephones; nothing is signed with it.
 */
export function comparisonCode(one: Side, other: Side): string {
  const both = concat(...[octetsOf(one), octetsOf(other)].sort((a, b) => Buffer.compare(a, b)));
  const { label, passes, octets } = COMPARISON;
  return codeOf(pbkdf2Sync(both, label, passes, octets, 'sha512'));
}

function octetsOf({ head }: Side): Uint8Array {
  const hash = fromBase64url(head);
  assert(hash?.length === 32, 'the id of an entry is a hash');
  return hash;
}
