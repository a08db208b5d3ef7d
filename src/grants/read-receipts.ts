import type { z } from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import {
  appendRecord,
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  recordReader,
  relationshipFor,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { announceLater } from './announce-key.ts';
import { Deleted, Opened, SealingKey } from './content.ts';
import { sendPlannedGrants } from './give.ts';
import { isSealingKey } from './keys-rules.ts';
import type { GrantRow } from './model.ts';
import { endIfForgotten, endIfSpent } from './spent.ts';
import { afterReceipt, isOverWhenDeleted } from './standing-rules.ts';
import { GRANTS } from './stopping.ts';
import { getGrantRow, updateGrant } from './store.ts';
import { noteTheirKey } from './their-key.ts';

const UNUSABLE = fail('sealing-key-unusable', 'That is no key.', 'Nothing was changed.');
const UNKNOWN = fail('grant-unknown', 'There is no such grant here.', 'Look it up in the relationship.');

/** A grant of this relationship whose receiver speaks. */
async function received(
  tx: Tx,
  { id: rel }: RelationshipRow,
  grant: string,
  isMine: boolean,
): Promise<GrantRow | undefined> {
  const row = await getGrantRow(tx, tx.home, grant);
  return row?.rel === rel && row.is_mine !== isMine && row.state !== 'planned' ? row : undefined;
}

/** What is stated of a deletion after its words were taken out of the chain is stated in their new place. */
async function stateAgain(
  tx: Tx,
  deps: RelationshipDeps,
  { id }: RelationshipRow,
  said: z.infer<typeof Deleted>,
): Promise<Result<unknown>> {
  const open = await relationshipFor(tx, id, 'settle');
  if (!open.ok) return ok('nothing to state it in');
  const { salt: _, ...content } = said;
  return appendRecord(tx, deps, open.value, 'grant-deleted', content);
}

/** Of what I opened myself, what is told is left to be told no more. */
function toldAfter(row: GrantRow, counted: number, isMine: boolean, at: number): Partial<GrantRow> {
  if (!isMine) return { told_at: at };
  const { untold, toldAt } = afterReceipt({ untold: row.untold, toldAt: row.told_at }, counted, at);
  return { untold, told_at: toldAt };
}

export const receiptReaders: readonly RecordReader[] = [
  recordReader({
    type: 'sealing-key',
    v: 1,
    content: SealingKey,
    isQuiet: true,
    async apply(tx, deps, { relationship, isMine, place, content }) {
      if (isMine) return ok(undefined);
      if (!isSealingKey(fromBase64url(content.key) ?? new Uint8Array(0))) return UNUSABLE;
      await noteTheirKey(tx, relationship.id, place, content);
      const isOpen = relationship.state === 'active' && relationship.reconciling_at === null;
      // What waited for it goes out now; where I cannot sign at the moment, when I can.
      const sent = isOpen ? await sendPlannedGrants(tx, deps, relationship) : ok([]);
      assert(
        !isFailure(sent) || sent.code === 'party-paused',
        'what is planned in an open relationship can be given',
      );
      return ok(undefined);
    },
    undo: (tx, deps, { relationship }) => announceLater(tx, relationship.id, deps.clock.now()),
  }),
  recordReader({
    type: 'grant-opened',
    v: 1,
    content: Opened,
    isAfterEnd: true,
    isQuiet: true,
    async apply(tx, deps, { relationship, isMine, content, at }) {
      const row = await received(tx, relationship, content.grant, isMine);
      if (!row) return (await endIfForgotten(tx, deps, relationship, content.grant, at)) ?? UNKNOWN;
      await updateGrant(tx, row.id, {
        opens: row.opens + Math.min(content.count, Number.MAX_SAFE_INTEGER - row.opens - row.untold),
        // They say when; later than I hear of it, it cannot have been.
        opened_at: Math.min(content.at, at),
        opened_by: content.by,
        ...toldAfter(row, content.count, isMine, at),
      });
      await endIfSpent(tx, deps, row.id, at);
      return ok(undefined);
    },
    // It was opened all the same, and is told anew.
    async undo(tx, _deps, { content }) {
      const row = await getGrantRow(tx, tx.home, content.grant);
      if (!row) return;
      const { count } = content;
      const opens = Math.max(0, row.opens - count);
      await updateGrant(tx, row.id, { opens, untold: row.untold + count, told_at: null });
      tx.wake(GRANTS);
    },
  }),
  recordReader({
    type: 'grant-deleted',
    v: 1,
    content: Deleted,
    isAfterEnd: true,
    isQuiet: true,
    async apply(tx, _deps, { relationship, isMine, content, at }) {
      const stated = {
        deletion: content.what,
        deleted_at: Math.min(content.deletedAt, at),
        deletion_words: content.words,
        kept_until: content.until,
      };
      const rows: GrantRow[] = [];
      for (const grant of content.grants) {
        const row = await received(tx, relationship, grant, isMine);
        // What is shared still is not erased, whatever is said.
        if (row && isOverWhenDeleted({ ...row, until: row.until_at }, stated.deleted_at)) rows.push(row);
      }
      if (rows.length === 0) return UNKNOWN;
      for (const row of rows) await updateGrant(tx, row.id, stated);
      return ok(undefined);
    },
    async undo(tx, _deps, { content }) {
      for (const grant of content.grants) {
        const row = await getGrantRow(tx, tx.home, grant);
        if (row?.state === 'stopped') await updateGrant(tx, grant, { deletion: null, deleted_at: null });
      }
    },
    again: (tx, deps, relationship, content) => stateAgain(tx, deps, relationship, content),
  }),
];
