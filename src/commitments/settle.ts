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

export const FulfilCommitment = z.object({ commitment: id, note: text.default('') });
export const ConfirmCommitment = z.object({
  commitment: id,
  outcome: Outcome.default('kept').describe(
    'How it was kept; late, repaired and broken count for the standing.',
  ),
  note: text.default(''),
});
export const Settled = z.object({ record: id });

/** Says that I have done what I promised; the other side confirms it. */
export function fulfilCommitment(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof FulfilCommitment>,
): Promise<Result<z.output<typeof Settled>>> {
  return settle(deps, actor, input.commitment, 'commitment-done', { note: input.note });
}

/** Says how the other side kept its promise. */
export function confirmCommitment(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof ConfirmCommitment>,
): Promise<Result<z.output<typeof Settled>>> {
  const { outcome, note } = input;
  return settle(deps, actor, input.commitment, 'commitment-confirmed', { note, outcome });
}

async function settle(
  deps: RelationshipDeps,
  actor: PartyActor,
  commitment: string,
  type: string,
  content: Record<string, string>,
): Promise<Result<z.output<typeof Settled>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getCommitmentRow(tx, actor.home, commitment);
    if (!row.ok) return row;
    const record = await actIn(tx, deps, row.value.rel, 'speak', type, { commitment, ...content });
    return record.ok ? ok({ record: record.value }) : record;
  });
}

export const settleReaders: readonly RecordReader[] = [
  recordReader({
    type: 'commitment-done',
    v: 1,
    content: Done,
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
    async apply(tx, _deps, { relationship, isMine, content, at }) {
      const row = await commitmentIn(tx, relationship.id, content.commitment);
      if (!row.ok) return row;
      const state = nextCommitment(row.value, 'confirm', isMine);
      if (isFailure(state)) return state;
      const change = { state: state.value, settled_at: at, outcome: content.outcome, note: content.note };
      await updateCommitment(tx, row.value.id, change);
      return ok(undefined);
    },
  }),
];
