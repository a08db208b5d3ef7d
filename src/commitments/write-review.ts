import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, text } from '../kernel/schema.ts';
import { actIn, type RecordReader, type RelationshipDeps, recordReader } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { type CommitmentRow, Outcome } from './model.ts';
import type { Settled } from './settle.ts';
import { dropReview, findCommitments, findReviews, insertReview } from './store.ts';

const ReviewContent = z.object({ salt: z.string(), outcome: Outcome, words: text });

export const WriteReview = z.object({
  relationship: id,
  outcome: Outcome.optional().describe('As it was settled, which holds when left out.'),
  text: text.min(1, 'Write a few words.'),
});

/**
 * One review for each side, which only a promise that was settled, well or badly, allows; it says the same outcome. Fails with
 * `review-too-early`, `review-exists`, `review-differs`.
 */
export async function writeReview(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof WriteReview>,
): Promise<Result<z.output<typeof Settled>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const settled = settledOutcomes(
      await findCommitments(tx, tx.home, { rel: input.relationship, limit: 1000 }),
      true,
    );
    const outcome = input.outcome ?? settled[0] ?? 'kept';
    const content = { outcome, words: input.text };
    const record = await actIn(tx, deps, input.relationship, 'settle', 'review', content);
    return record.ok ? ok({ record: record.value }) : record;
  });
}

/** How promises of the other side of whoever writes were settled; those of any side when none of theirs was. */
function settledOutcomes(rows: readonly CommitmentRow[], isMine: boolean): Outcome[] {
  const settled = rows.filter((row) => row.outcome !== null);
  const theirs = settled.filter((row) => row.is_mine !== isMine);
  return (theirs.length > 0 ? theirs : settled).flatMap((row) => row.outcome ?? []);
}

async function mayReview(tx: Tx, rel: string, isMine: boolean, outcome: Outcome): Promise<Result<true>> {
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
  const settled = settledOutcomes(rows, isMine);
  if (!settled.includes(outcome)) {
    const sentence = `The promise was settled as ${settled.join(' and ')}.`;
    return fail('review-differs', sentence, 'Say the same in the review.', { outcome: sentence });
  }
  return ok(true);
}

export const reviewReaders: readonly RecordReader[] = [
  recordReader({
    type: 'review',
    v: 1,
    content: ReviewContent,
    isAfterEnd: true,
    async apply(tx, _deps, { relationship, id: record, isMine, content, at }) {
      const allowed = await mayReview(tx, relationship.id, isMine, content.outcome);
      if (!allowed.ok) return allowed;
      const { outcome, words } = content;
      await insertReview(tx, { rel: relationship.id, is_mine: isMine, outcome, words, record, at });
      return ok(undefined);
    },
    undo: (tx, _deps, { id: record }) => dropReview(tx, record),
  }),
];
