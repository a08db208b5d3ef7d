import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id, text } from '../kernel/schema.ts';
import { parsePayload, recordsOf } from '../records/index.ts';
import {
  actIn,
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  recordReader,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { Outcome } from './model.ts';
import { nextCommitment } from './rules.ts';
import { commitmentIn, getCommitmentRow, updateCommitment } from './store.ts';

const Done = z.object({ salt: z.string(), commitment: id, note: text });
type Done = z.infer<typeof Done>;
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

/** Works out from the records that are left how a promise went. */
async function settleAnew(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  commitment: string,
): Promise<void> {
  const known = await commitmentIn(tx, relationship.id, commitment);
  if (!known.ok) return;
  const fresh = { state: 'promised' as const, done_at: null, settled_at: null, outcome: null, note: '' };
  await updateCommitment(tx, commitment, fresh);
  const readers = new Map(settleReaders.map((reader) => [reader.type, reader]));
  for (const row of await recordsOf(tx, tx.home, relationship.id, [...readers.keys()])) {
    const { id, type, place, is_mine: isMine, received_at: at } = row;
    const reader = readers.get(type);
    const said = row.body === null ? undefined : parsePayload(row.body);
    const content = reader?.content.safeParse(said?.ok ? said.value : undefined);
    if (!reader || !content?.success || (content.data as Done).commitment !== commitment) continue; // its own schema
    await reader.apply(tx, deps, { relationship, id, type, place, isMine, content: content.data, at });
  }
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
    undo: (tx, deps, { relationship, content }) => settleAnew(tx, deps, relationship, content.commitment),
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
    undo: (tx, deps, { relationship, content }) => settleAnew(tx, deps, relationship, content.commitment),
  }),
];
