import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { dropProof, getProof, keepSpent } from './store.ts';
import { proofUnknown } from './take-proof.ts';

export const RemoveProof = z.object({ proof: id });

/** Takes out a proof with its copies, or makes no more copies of one I issued. What was shown stays with whoever saw it. */
export async function removeProof(
  deps: BaseDeps,
  actor: PartyActor,
  { proof }: z.output<typeof RemoveProof>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getProof(tx, tx.home, proof);
    if (!row) return proofUnknown();
    await dropProof(tx, proof);
    if (!row.is_issued && row.rel !== null && row.asked > 0) await keepSpent(tx, proof, deps.clock.now());
    return ok({});
  });
}
