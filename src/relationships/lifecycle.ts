import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id, text } from '../kernel/schema.ts';
import type { Tx } from '../storage/index.ts';
import { appendRecord } from './chain.ts';
import { Expectations } from './expectations.ts';
import {
  type Content,
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  recordReader,
} from './model.ts';
import { type Act, afterAct } from './rules.ts';
import { expectAnew, standAnew } from './stand-anew.ts';
import { getRelationshipRow, updateRelationship } from './store.ts';

const Why = z.object({ salt: z.string(), why: text });

export const RelationshipId = z.object({ relationship: id });
export const WithReason = z.object({ relationship: id, why: text.default('') });

/** The relationship when this act of mine is allowed in it now. */
export async function relationshipFor(
  tx: Tx,
  relationship: string,
  act: Act,
): Promise<Result<RelationshipRow>> {
  const row = await getRelationshipRow(tx, tx.home, relationship);
  if (!row.ok) return row;
  const next = afterAct(row.value, act, true);
  return next.ok ? row : next;
}

/** Appends a record to the relationship when the act is allowed in it now. */
export async function actIn(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: string,
  act: Act,
  type: string,
  content: Content,
): Promise<Result<string>> {
  const row = await relationshipFor(tx, relationship, act);
  return row.ok ? appendRecord(tx, deps, row.value, type, content) : row;
}

/** Does one act of mine in a relationship and answers its record. */
export async function act(
  deps: RelationshipDeps,
  actor: PartyActor,
  relationship: string,
  kind: Act,
  type: string,
  content: Content,
): Promise<Result<{ record: string }>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const done = await actIn(tx, deps, relationship, kind, type, content);
    return done.ok ? ok({ record: done.value }) : done;
  });
}

function lifecycleReader(type: string, kind: Act): RecordReader {
  return recordReader({
    type,
    v: 1,
    content: Why,
    async apply(tx, _deps, { relationship, isMine }) {
      const next = afterAct(relationship, kind, isMine);
      if (isFailure(next)) return next;
      const ended = kind === 'end' ? { ended_by: isMine ? ('mine' as const) : ('theirs' as const) } : {};
      await updateRelationship(tx, relationship.id, { ...next.value, ...ended });
      return ok(undefined);
    },
    undo: (tx, _deps, { relationship }) => standAnew(tx, relationship.id),
    ...(kind === 'end' && { again: endAgain }),
  });
}

/** An end that counts no more, since my node signed it without knowing what came before, is said in its new place. */
async function endAgain(
  tx: Tx,
  deps: RelationshipDeps,
  { id }: RelationshipRow,
  _content: unknown,
  said: Content,
): Promise<Result<unknown>> {
  const row = await relationshipFor(tx, id, 'end');
  if (!row.ok) return ok('over already');
  return appendRecord(tx, deps, row.value, 'relationship-ended', said);
}

export const readers: readonly RecordReader[] = [
  lifecycleReader('relationship-paused', 'pause'),
  lifecycleReader('relationship-resumed', 'resume'),
  lifecycleReader('relationship-ended', 'end'),
  recordReader({
    type: 'expectations',
    v: 1,
    content: Expectations,
    async apply(tx, _deps, { relationship, isMine, content }) {
      const review = content.reviewDay === null ? {} : { review_day: content.reviewDay };
      const words = isMine ? { expectations: content.words } : { their_expectations: content.words };
      await updateRelationship(tx, relationship.id, { ...words, ...review });
      return ok(undefined);
    },
    undo: (tx, _deps, { relationship }) => expectAnew(tx, relationship.id),
  }),
];
