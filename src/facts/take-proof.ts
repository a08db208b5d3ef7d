import { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { actIn, type RelationshipDeps } from '../relationships/index.ts';
import { copyKey } from './copy-key.ts';
import { proofsFull } from './issue-proof.ts';
import { FACT_LIMITS } from './limits.ts';
import { countProofs, getProof } from './store.ts';

export const TakeProof = z.object({ proof: id });

/**
 * Takes a proof that was offered, and asks for more copies of one that I hold: each has a key of its own, which nothing
 * links to any other. Fails with `proof-unknown`, `proof-expired`, `proof-waiting-open`, `copies-full`, `proofs-full`.
 */
export async function takeProof(
  deps: RelationshipDeps,
  actor: PartyActor,
  { proof }: z.output<typeof TakeProof>,
): Promise<Result<{ record: string }>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getProof(tx, tx.home, proof);
    if (!row || row.is_issued || row.rel === null) return proofUnknown();
    const { copiesAtOnce: count, copies } = FACT_LIMITS;
    if (row.until_at !== null && row.until_at <= deps.clock.now()) {
      return fail('proof-expired', 'This proof is not good any more.', 'Ask for a newer one in a message.');
    }
    // What was asked for twice and never came is not asked for a third time.
    if (row.asked - row.made >= 2 * count) {
      return fail(
        'proof-waiting-open',
        'Copies were asked for twice, and none have come yet.',
        'Wait, or write them a message.',
      );
    }
    if (row.state === 'offered' && (await countProofs(tx, tx.home)) >= FACT_LIMITS.proofs)
      return proofsFull();
    if (row.asked + count > copies)
      return fail('copies-full', `Of one proof there are ${copies} copies at most.`, 'Ask for a new proof.');
    const keys: string[] = [];
    for (let number = row.asked; number < row.asked + count; number++)
      keys.push(toBase64url((await copyKey(tx, deps, proof, number)).publicKey));
    const record = await actIn(tx, deps, row.rel, 'speak', 'proof-wanted', { proof, keys });
    return record.ok ? ok({ record: record.value }) : record;
  });
}

export function proofUnknown(): Result<never> {
  return fail('proof-unknown', 'You have no such proof.', 'Look at the list of your proofs.');
}
