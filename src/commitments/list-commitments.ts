import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page, text } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Commitment, Outcome } from './model.ts';
import { commitmentView, findCommitments, findReviews } from './store.ts';

export const ListCommitments = z.object({
  ...page,
  relationship: id.optional().describe('Those of one relationship; all open ones when left out.'),
});
export const CommitmentList = z.object({ rows: z.array(Commitment), next: z.string().optional() });

const CURSOR = cursorOf('list-commitments', [id]);

/** What both sides promised, in one relationship or everything still open. Fails with `cursor-unknown`. */
export async function listCommitments(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListCommitments>,
): Promise<Result<z.output<typeof CommitmentList>>> {
  const { relationship: rel, limit } = input;
  const place = CURSOR.read(input.after);
  if (!place.ok) return place;
  const [after] = place.value ?? [];
  const rows = await deps.storage.read((view) =>
    findCommitments(view, actor.home, { rel, after, limit: limit + 1 }),
  );
  const { shown, next } = CURSOR.cut(rows, limit, (row) => [row.id]);
  return ok({ rows: shown.map(commitmentView), ...next });
}

export const ListReviews = z.object({ relationship: id });
export const ReviewList = z.object({
  rows: z.array(z.object({ isMine: z.boolean(), outcome: Outcome, text, at: instant })),
});

/** What each side wrote about how it went. */
export async function listReviews(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListReviews>,
): Promise<Result<z.output<typeof ReviewList>>> {
  const rows = await deps.storage.read((view) => findReviews(view, actor.home, input.relationship));
  return ok({ rows: rows.map((r) => ({ isMine: r.is_mine, outcome: r.outcome, text: r.words, at: r.at })) });
}
