import { takenAt } from '../delivery/index.ts';
import { aboutRecord, findRecord, headOf, type RecordPayload, recordAt } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { askOnce } from './reconcile.ts';

/**
 * They signed this after they had signed a receipt for a record of mine that it has not seen, both by their own clock: their
 * node has lost that record, and does not know. What I ask says how far my own chain goes, so that they ask too.
 */
export async function askIfLost(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  { seen, at }: RecordPayload,
): Promise<void> {
  const { id: rel, mine } = relationship;
  const head = await headOf(tx, rel, mine);
  if (!head || head.id === seen) return;
  const last = seen === null ? undefined : await findRecord(tx, tx.home, rel, seen);
  const next = await recordAt(tx, tx.home, rel, mine, (last?.seq ?? 0) + 1);
  const taken = next && (await takenAt(tx, aboutRecord(rel, next.id)));
  if (taken !== undefined && taken < at) await askOnce(tx, deps, relationship);
}
