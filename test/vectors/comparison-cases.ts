import { toBase64url } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { comparisonCode } from '../../src/relationships/comparison-rules.ts';

interface Case {
  readonly name: string;
  /** Of two key logs the id of the last entry, base64url. */
  readonly heads: readonly [string, string];
  readonly code: string;
}

/** fixtures/vectors/comparison.json, computed anew. */
export function comparisonCases(): Case[] {
  const random = seededRandom('comparison');
  const [one, other] = [random.bytes(32), random.bytes(32)];
  const first = (bits: (octet: number) => number) => one.with(0, bits(one[0] ?? 0));
  const last = one.with(31, (one[31] ?? 0) ^ 1);
  return [
    caseOf('two sides', one, other),
    caseOf('the same, from the other side', other, one),
    caseOf(
      'octets have no sign',
      first((octet) => octet | 0x80),
      first((octet) => octet & 0x7f),
    ),
    caseOf('an entry that differs in its last octet', last, other),
    caseOf('two that differ in their last octet', one, last),
    caseOf('nothing but zeros and ones', new Uint8Array(32), new Uint8Array(32).fill(255)),
  ];
}

function caseOf(name: string, one: Uint8Array, other: Uint8Array): Case {
  const [a, b] = [toBase64url(one), toBase64url(other)];
  return { name, heads: [a, b], code: comparisonCode({ head: a }, { head: b }) };
}
