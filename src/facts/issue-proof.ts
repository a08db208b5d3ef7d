import { z } from 'zod';
import { publicSigner } from '../discovery/index.ts';
import { addDays, civilDateAt, dayPast, endOfDay } from '../kernel/civil.ts';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { civilDate, id } from '../kernel/schema.ts';
import { appendRecord, type RelationshipDeps, relationshipFor } from '../relationships/index.ts';
import { kind } from './asking/query.ts';
import { FACT_LIMITS } from './limits.ts';
import { Claims } from './model.ts';
import { countProofs } from './store.ts';

export const IssueProof = z.object({
  relationship: id,
  kind: kind.describe('What kind of proof it is (vct), such as urn:parley:proof:age.'),
  claims: Claims.describe('The facts, by their names, such as {"age_over_18": true}.'),
  until: civilDate.describe('The last day on which it is good.'),
});

/**
 * Offers the other side a proof under my public name; copies are made when they ask for some. Fails with `not-findable`,
 * `date-past`, `proof-too-long`, `proofs-full`.
 */
export async function issueProof(
  deps: RelationshipDeps,
  actor: PartyActor,
  { relationship, kind: vct, claims, until }: z.output<typeof IssueProof>,
): Promise<Result<{ proof: string; record: string }>> {
  const today = civilDateAt(deps.clock.now(), 'UTC');
  if (until < today) return dayPast('until', until);
  if (until > addDays(today, FACT_LIMITS.proofDays)) {
    const sentence = `A proof is good for ${FACT_LIMITS.proofDays} days at most.`;
    return fail('proof-too-long', sentence, 'Choose an earlier day.', { until: sentence });
  }
  return deps.storage.transact(actor.home, async (tx) => {
    const open = await relationshipFor(tx, relationship, 'speak');
    if (!open.ok) return open;
    const me = await publicSigner(tx, deps);
    if (!me.ok) return me;
    if ((await countProofs(tx, tx.home)) >= FACT_LIMITS.proofs) return proofsFull();
    const proof = newId(deps.random);
    const content = { proof, kind: vct, claims, issuer: me.value.address, until: endOfDay(until) };
    const record = await appendRecord(tx, deps, open.value, 'proof-offered', content);
    return record.ok ? ok({ proof, record: record.value }) : record;
  });
}

export function proofsFull(): Result<never> {
  return fail(
    'proofs-full',
    `There are ${FACT_LIMITS.proofs} proofs here, and no more are kept.`,
    'Remove some that are over.',
  );
}
