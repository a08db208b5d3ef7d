import { COMPARISON, codeOf, type Side } from '../src/relationships/comparison.ts';
import { stretch } from './crypto.ts';
import { concat, type Octets, toUtf8 } from './octets.ts';
import { read } from './signed.ts';

/** The code that both compare, as both nodes show it (src/relationships/comparison-rules.ts). */
export async function comparisonCode(...sides: readonly [Side, Side]): Promise<string> {
  const both = concat(...sides.map(octetsOf).sort(compare));
  const { label, passes, octets } = COMPARISON;
  return codeOf(await stretch(both, toUtf8(label), passes, octets));
}

function octetsOf({ head }: Side): Octets {
  return read(head);
}

function compare(one: Octets, other: Octets): number {
  for (const [at, octet] of one.entries()) {
    const than = other[at] ?? 0;
    if (octet !== than) return octet - than;
  }
  return 0;
}
