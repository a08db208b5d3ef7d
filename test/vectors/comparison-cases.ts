import { toBase64url } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { comparisonCode } from '../../src/relationships/comparison-rules.ts';

interface Case {
  readonly name: string;
  /** Two roots, base64url. */
  readonly roots: readonly [string, string];
  readonly code: string;
}

/** fixtures/vectors/comparison.json, computed anew. */
export function comparisonCases(): Case[] {
  const random = seededRandom('comparison');
  const [one, other] = [random.bytes(32), random.bytes(32)];
  const high = one.map((octet, at) => (at === 0 ? octet | 0x80 : octet));
  const low = one.map((octet, at) => (at === 0 ? octet & 0x7f : octet));
  const caseOf = (name: string, a: Uint8Array, b: Uint8Array): Case => ({
    ...{ name, roots: [toBase64url(a), toBase64url(b)] as const, code: comparisonCode(a, b) },
  });
  return [
    caseOf('two roots', one, other),
    caseOf('the same, from the other side', other, one),
    caseOf('octets have no sign', high, low),
    caseOf('one that differs in its last octet', one, one.with(31, (one[31] ?? 0) ^ 1)),
    caseOf('nothing but zeros and ones', new Uint8Array(32), new Uint8Array(32).fill(255)),
  ];
}
