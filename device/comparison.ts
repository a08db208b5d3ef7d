import { COMPARISON, codeOf } from '../src/relationships/comparison.ts';
import { stretch } from './crypto.ts';
import { concat, type Octets, toUtf8 } from './octets.ts';

/** The code that both compare, as both nodes show it (src/relationships/comparison-rules.ts). */
export async function comparisonCode(one: Octets, other: Octets): Promise<string> {
  const [first = one, second = other] = [one, other].sort((a, b) => compare(a, b));
  const { label, passes, octets } = COMPARISON;
  return codeOf(await stretch(concat(first, second), toUtf8(label), passes, octets));
}

function compare(one: Octets, other: Octets): number {
  for (const [at, octet] of one.entries()) {
    const than = other[at] ?? 0;
    if (octet !== than) return octet - than;
  }
  return 0;
}
