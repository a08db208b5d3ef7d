import type { z } from 'zod';
import { fail, ok, type Result } from '../kernel/result.ts';
import {
  appendRecord,
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  recordReader,
  relationshipFor,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { eraseGiven } from './carriers.ts';
import { Ended, Stopped } from './content.ts';
import { epochOf } from './give.ts';
import { shareAnew, stop, stopAll } from './stopping.ts';
import { getGrantRow } from './store.ts';

/** Whoever was told that something is not shared any more need not say it again. */
async function stopAgain(
  tx: Tx,
  deps: RelationshipDeps,
  { id }: RelationshipRow,
  { grant }: z.infer<typeof Stopped>,
): Promise<Result<unknown>> {
  const row = await getGrantRow(tx, tx.home, grant);
  const open = await relationshipFor(tx, id, 'stop-sharing');
  if (row?.state !== 'active' || !open.ok) return ok('not shared');
  return appendRecord(tx, deps, open.value, 'grant-stopped', await stopContent(tx, open.value, grant));
}

/** What a stop says: which grant, and the epoch that begins with it. */
export async function stopContent(tx: Tx, { id, mine }: RelationshipRow, grant: string) {
  return { grant, epoch: (await epochOf(tx, id, mine)) + 1 };
}

export const stopReaders: readonly RecordReader[] = [
  recordReader({
    type: 'grant-stopped',
    v: 1,
    content: Stopped,
    async apply(tx, deps, { relationship, id: record, isMine, content, at }) {
      const row = await getGrantRow(tx, tx.home, content.grant);
      const isIts = row?.rel === relationship.id && row.is_mine === isMine;
      // Told after a backup: that it was given has lost its words since, and here it is still planned.
      const isForgotten = row?.state === 'planned' && relationship.reconciling_at !== null;
      if (isIts && (row.state === 'active' || isForgotten)) {
        await stop(tx, deps, row, { at, by: isMine ? 'mine' : 'theirs', record });
        return ok(undefined);
      }
      if (isMine && relationship.reconciling_at === null)
        return row && isIts
          ? fail('grant-state', 'That is not shared now.', 'Nothing was changed.')
          : fail('grant-unknown', 'There is no such grant here.', 'Look it up in the relationship.');
      // What they take back that counts for nothing here may lie here all the same.
      await eraseGiven(tx, relationship, { isMine, grants: new Set([content.grant]) }, at);
      return ok('counts for nothing');
    },
    undo: (tx, _deps, { relationship, content }) => shareAnew(tx, relationship.id, content.grant),
    again: stopAgain,
  }),
  recordReader({
    type: 'relationship-ended',
    v: 1,
    content: Ended,
    async apply(tx, deps, { relationship, id, isMine, at }) {
      const how = { at, by: isMine ? 'mine' : 'theirs', ...(id !== '' && { record: id }) } as const;
      await stopAll(tx, deps, relationship, how);
      return ok(undefined);
    },
    undo: (tx, _deps, { relationship }) => shareAnew(tx, relationship.id),
  }),
];
