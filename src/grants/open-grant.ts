import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import { getPartyRow } from '../parties/index.ts';
import { appendRecord, type RelationshipDeps, relationshipFor } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import type { GrantRow } from './model.ts';
import { afterOpening, countToTell, isReceiptDue, isSpent, mayOpen, openingsOf } from './standing-rules.ts';
import { getGrantRow, updateGrant } from './store.ts';
import { valueGiven } from './values.ts';

export const OpenGrant = z.object({
  grant: id,
  purpose: text
    .min(1)
    .optional()
    .describe(
      'What it is opened for; what it was given for, when left out. Anything else is told at once, and stands in the record of consent.',
    ),
});
export const OpenedGrant = z.object({
  grant: id,
  property: line,
  label: line,
  value: z.string(),
  openings: z.int().min(1).describe('How often it has been opened.'),
  left: z
    .int()
    .min(0)
    .optional()
    .describe(
      'How often it may be opened still; at 0 it was erased here. Absent where nobody said a number.',
    ),
  told: z.boolean().describe('Whether a receipt for it went out now; else the next one counts it.'),
  at: instant,
});

/**
 * Opens what the other side gave, and signs a receipt for it in the same transaction. Fails with `grant-unknown`,
 * `grant-spent`, `grant-over`, `grant-unreadable`, `party-paused`, `relationship-reconciling`, `relationship-state`.
 */
export async function openGrant(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof OpenGrant>,
): Promise<Result<z.output<typeof OpenedGrant>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const now = deps.clock.now();
    // What is opened here would be told by nobody.
    if ((await getPartyRow(tx, actor.home))?.paused_at != null)
      return fail(
        'party-paused',
        'This is a paused copy; nothing is opened here.',
        'Open it on the node that is in use.',
      );
    const row = await getGrantRow(tx, actor.home, input.grant);
    if (!row || row.is_mine)
      return fail('grant-unknown', 'Nobody gave you that.', 'Look at what is shared with you.');
    if (isSpent(row.times, openingsOf(row))) return spent(row.times ?? 0);
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
    const told = await countOpening(tx, deps, row, { by, purpose: input.purpose ?? row.purpose, now });
    if (!told.ok) return told;
    const { id: grant, property, label } = row;
    const { openings, isTold } = told.value;
    const left = row.times === null ? {} : { left: Math.max(0, row.times - openings) };
    return ok({ grant, property, label, value, openings, ...left, told: isTold, at: now });
  });
}

function spent(times: number): Failure {
  return fail(
    'grant-spent',
    `It was given to be opened ${times === 1 ? 'once' : `${times} times`}, and was. It is erased here.`,
    'Ask the other side to share it again, saying what for and how often.',
  );
}

/**
 * Counts one more opening, and signs a receipt where one is due. A receipt says what all that it counts was opened for: what is
 * opened for anything else than it was given for is told at once and by itself.
 */
async function countOpening(
  tx: Tx,
  deps: RelationshipDeps,
  row: GrantRow,
  { by, purpose, now }: { readonly by: 'person' | 'program'; readonly purpose: string; readonly now: number },
): Promise<Result<{ openings: number; isTold: boolean }>> {
  const isOther = purpose !== row.purpose;
  const before = isOther && row.untold > 0 ? await tellOpenings(tx, deps, row) : ok('nothing before it');
  if (!before.ok) return before;
  const known = (await getGrantRow(tx, tx.home, row.id)) ?? row;
  const openings = afterOpening({ untold: known.untold, toldAt: known.told_at });
  const change = { untold: openings.untold, opened_at: now, opened_by: by } as const;
  await updateGrant(tx, row.id, change);
  const isTold = isOther || isReceiptDue(openings, now, row.times !== null);
  const told = isTold ? await tellOpenings(tx, deps, { ...known, ...change }, purpose) : ok(undefined);
  if (!told.ok) return told;
  return ok({ openings: openingsOf({ opens: known.opens, untold: openings.untold }), isTold });
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
