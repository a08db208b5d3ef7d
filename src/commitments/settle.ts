import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id, text } from '../kernel/schema.ts';
import { actIn, type RecordReader, type RelationshipDeps, recordReader } from '../relationships/index.ts';
import { Outcome } from './model.ts';
import { nextCommitment } from './rules.ts';
import { commitmentIn, getCommitmentRow, updateCommitment } from './store.ts';

const Done = z.object({ salt: z.string(), commitment: id, note: text });
const Confirmed = Done.extend({ outcome: Outcome });

export const Settled = z.object({ record: id });

/** Appends what one side says of a promise to its relationship. */
export async function settle(
  deps: RelationshipDeps,
  actor: PartyActor,
  commitment: string,
  type: string,
  content: Record<string, string>,
): Promise<Result<z.output<typeof Settled>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getCommitmentRow(tx, actor.home, commitment);
    if (!row.ok) return row;
    const record = await actIn(tx, deps, row.value.rel, 'settle', type, { commitment, ...content });
    return record.ok ? ok({ record: record.value }) : record;
  });
}

export const settleReaders: readonly RecordReader[] = [
  recordReader({
    type: 'commitment-done',
    v: 1,
    content: Done,
    isAfterEnd: true,
    async apply(tx, _deps, { relationship, isMine, content, at }) {
      const row = await commitmentIn(tx, relationship.id, content.commitment);
      if (!row.ok) return row;
      const state = nextCommitment(row.value, 'fulfil', isMine);
      if (isFailure(state)) return state;
      await updateCommitment(tx, row.value.id, { state: state.value, done_at: at, note: content.note });
      return ok(undefined);
    },
  }),
  recordReader({
    type: 'commitment-confirmed',
    v: 1,
    content: Confirmed,
    isAfterEnd: true,
    async apply(tx, _deps, { relationship, isMine, content, at }) {
      const row = await commitmentIn(tx, relationship.id, content.commitment);
      if (!row.ok) return row;
      const state = nextCommitment(row.value, 'confirm', isMine, content.outcome);
      if (isFailure(state)) return state;
      const change = { state: state.value, settled_at: at, outcome: content.outcome, note: content.note };
      await updateCommitment(tx, row.value.id, change);
      return ok(undefined);
    },
  }),
];
