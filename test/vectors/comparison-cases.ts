import { toBase64url } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { comparisonCode } from '../../src/relationships/comparison-rules.ts';

interface Written {
  readonly id: string;
  readonly root: string;
}

interface Case {
  readonly name: string;
  /** Of two sides the identity and the root in force, base64url. */
  readonly sides: readonly [Written, Written];
  readonly code: string;
}

/** fixtures/vectors/comparison.json, computed anew. */
export function comparisonCases(): Case[] {
  const random = seededRandom('comparison');
  const [one, other] = [side(random.bytes(32), random.bytes(32)), side(random.bytes(32), random.bytes(32))];
  const first = (of: Uint8Array, bits: (octet: number) => number) => of.with(0, bits(of[0] ?? 0));
  const last = (of: Uint8Array) => of.with(31, (of[31] ?? 0) ^ 1);
  const high = { ...one, id: first(one.id, (octet) => octet | 0x80) };
  const low = { ...one, id: first(one.id, (octet) => octet & 0x7f) };
  return [
    caseOf('two sides', one, other),
    caseOf('the same, from the other side', other, one),
    caseOf('octets have no sign', high, low),
    caseOf('a root that differs in its last octet', { ...one, root: last(one.root) }, other),
    caseOf('an identity that differs in its last octet', { ...one, id: last(one.id) }, other),
    caseOf('one identity with two roots', one, { ...one, root: last(one.root) }),
    caseOf('somebody else’s root in a log of one’s own', { ...other, root: one.root }, one),
    caseOf(
      'nothing but zeros and ones',
      side(new Uint8Array(32), new Uint8Array(32)),
      side(new Uint8Array(32).fill(255), new Uint8Array(32).fill(255)),
    ),
  ];
}

interface Octets {
  readonly id: Uint8Array;
  readonly root: Uint8Array;
}
const side = (id: Uint8Array, root: Uint8Array): Octets => ({ id, root });

function caseOf(name: string, ...[one, other]: [Octets, Octets]): Case {
  const written = ({ id, root }: Octets): Written => ({ id: toBase64url(id), root: toBase64url(root) });
  const known = ({ id, root }: Octets) => ({ id: toBase64url(id), root });
  return { name, sides: [written(one), written(other)], code: comparisonCode(known(one), known(other)) };
}
