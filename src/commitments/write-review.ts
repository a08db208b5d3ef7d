import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, text } from '../kernel/schema.ts';
import { actIn, type RecordReader, type RelationshipDeps, recordReader } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { Outcome } from './model.ts';
import type { Settled } from './settle.ts';
import { findCommitments, findReviews, insertReview } from './store.ts';

const ReviewContent = z.object({ salt: z.string(), outcome: Outcome, words: text });

export const WriteReview = z.object({
  relationship: id,
  outcome: Outcome,
  text: text.min(1, 'Write a few words.'),
});

/** One review for each side, which only a promise that was settled, well or badly, allows. */
export async function writeReview(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof WriteReview>,
): Promise<Result<z.output<typeof Settled>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const content = { outcome: input.outcome, words: input.text };
    const record = await actIn(tx, deps, input.relationship, 'speak', 'review', content);
    return record.ok ? ok({ record: record.value }) : record;
  });
}

async function mayReview(tx: Tx, rel: string, isMine: boolean): Promise<Result<true>> {
  const rows = await findCommitments(tx, tx.home, { rel, limit: 1000 });
  if (!rows.some((row) => row.state === 'confirmed')) {
    return fail(
      'review-too-early',
      'No promise has been settled yet.',
      'Review it once one was kept or broken.',
    );
  }
  const before = await findReviews(tx, tx.home, rel);
  if (before.some((review) => review.is_mine === isMine)) {
    return fail(
      'review-exists',
      'There is a review by this side already.',
      'Write a message to add something.',
    );
  }
  return ok(true);
}

export const reviewReaders: readonly RecordReader[] = [
  recordReader({
    type: 'review',
    v: 1,
    content: ReviewContent,
    async apply(tx, _deps, { relationship, id: record, isMine, content, at }) {
      const allowed = await mayReview(tx, relationship.id, isMine);
      if (!allowed.ok) return allowed;
      const { outcome, words } = content;
      await insertReview(tx, { rel: relationship.id, is_mine: isMine, outcome, words, record, at });
      return ok(undefined);
    },
  }),
];
