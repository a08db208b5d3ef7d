import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import { appendRecord, type RelationshipDeps, relationshipFor } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import type { GrantRow } from './model.ts';
import { afterOpening, countToTell, isReceiptDue, mayOpen } from './standing-rules.ts';
import { getGrantRow, updateGrant } from './store.ts';
import { valueGiven } from './values.ts';

export const OpenGrant = z.object({
  grant: id,
  purpose: text
    .min(1)
    .optional()
    .describe('What it is opened for; what it was given for, when left out. They see it.'),
});
export const OpenedGrant = z.object({
  grant: id,
  property: line,
  label: line,
  value: z.string(),
  openings: z.int().min(1).describe('How often it has been opened.'),
  told: z.boolean().describe('Whether a receipt for it went out now; else the next one counts it.'),
  at: instant,
});

/**
 * Opens what the other side gave, and signs a receipt for it in the same transaction. Fails with `grant-unknown`,
 * `grant-over`, `grant-unreadable`, `relationship-reconciling`, `relationship-state`.
 */
export async function openGrant(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof OpenGrant>,
): Promise<Result<z.output<typeof OpenedGrant>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const now = deps.clock.now();
    const row = await getGrantRow(tx, actor.home, input.grant);
    if (!row || row.is_mine)
      return fail('grant-unknown', 'Nobody gave you that.', 'Look at what is shared with you.');
    if (!mayOpen({ ...row, until: row.until_at }, now))
      return fail('grant-over', 'That is not shared with you any more.', 'Ask the other side for it.');
    const relationship = await relationshipFor(tx, row.rel, 'stop-sharing');
    if (!relationship.ok) return relationship;
    if (relationship.value.reconciling_at !== null)
      return fail(
        'relationship-reconciling',
        'This node came back from a backup. Until the other side has said what it knows, nothing is opened here: it may have been stopped since.',
        'Wait until their node has answered, then try again.',
      );
    const value = await valueGiven(tx, deps, actor.home, relationship.value, row);
    if (value === undefined)
      return fail(
        'grant-unreadable',
        'What they gave does not open with the key that they gave for it.',
        'Ask the other side to give it again.',
      );
    const by = actor.scopes === undefined ? 'person' : 'program';
    const openings = afterOpening({ untold: row.untold, toldAt: row.told_at });
    const change = { untold: openings.untold, opened_at: now, opened_by: by } as const;
    await updateGrant(tx, row.id, change);
    const opened = { ...row, ...change };
    const isDue = isReceiptDue(openings, now);
    const told = isDue ? await tellOpenings(tx, deps, opened, input.purpose) : ok(undefined);
    if (!told.ok) return told;
    const { id: grant, property, label } = row;
    const times = row.opens + openings.untold;
    return ok({ grant, property, label, value, openings: times, told: isDue, at: now });
  });
}

/** Signs a receipt for all openings that have not been told. */
export async function tellOpenings(
  tx: Tx,
  deps: RelationshipDeps,
  row: GrantRow,
  purpose: string = row.purpose,
): Promise<Result<unknown>> {
  const relationship = await relationshipFor(tx, row.rel, 'settle');
  if (!relationship.ok) return relationship;
  return appendRecord(tx, deps, relationship.value, 'grant-opened', {
    grant: row.id,
    version: row.version,
    epoch: row.epoch,
    count: countToTell({ untold: row.untold, toldAt: row.told_at }),
    at: row.opened_at ?? deps.clock.now(),
    by: row.opened_by ?? 'person',
    purpose,
  });
}
