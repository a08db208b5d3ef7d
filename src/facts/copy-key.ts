import type { SigningKey } from '../kernel/signing.ts';
import { oneUseKey } from '../parties/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';

/**
 * The key that one copy of a proof is bound to. It follows from the party's secret, so it is kept nowhere, comes along when
 * the party moves, and is in no relationship and in no other copy. An id whose keys were used is never taken again (`keepSpent`).
 */
export function copyKey(tx: Tx, deps: BaseDeps, proof: string, number: number): Promise<SigningKey> {
  return oneUseKey(tx, deps, `proof/${proof}/${number}`);
}
