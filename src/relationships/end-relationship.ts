import type { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { keepingOf } from './keeping.ts';
import { actIn, type WithReason } from './lifecycle.ts';
import type { RelationshipDeps } from './model.ts';
import { getRelationshipRow } from './store.ts';

/**
 * Ends it for both: sharing stops, and both keep the records of what was agreed and of what may be kept, which the record
 * of the end states.
 */
export async function endRelationship(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof WithReason>,
): Promise<Result<{ record: string }>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRelationshipRow(tx, actor.home, input.relationship);
    if (!row.ok) return row;
    const { fields, ...keeping } = await keepingOf(tx, actor.home, row.value);
    const content = { why: input.why, keeping: { ...keeping, fields: fields.map((it) => ({ ...it })) } };
    const done = await actIn(tx, deps, input.relationship, 'end', 'relationship-ended', content);
    return done.ok ? ok({ record: done.value }) : done;
  });
}
