import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { dropProof, getProof } from './store.ts';
import { proofUnknown } from './take-proof.ts';

export const RemoveProof = z.object({ proof: id });

/** Takes out a proof with its copies, or makes no more copies of one I issued. What was shown stays with whoever saw it. */
export async function removeProof(
  deps: BaseDeps,
  actor: PartyActor,
  { proof }: z.output<typeof RemoveProof>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    if (!(await getProof(tx, tx.home, proof))) return proofUnknown();
    await dropProof(tx, proof);
    return ok({});
  });
}
