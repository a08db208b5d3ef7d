import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { civilDate, id, instant, line, page, text, words } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { RelationshipRow } from './model.ts';
import { pageRelationships } from './store.ts';

export const State = z.enum(['asked', 'active', 'paused', 'ended', 'refused']);

const Side = z.enum(['buyer', 'seller', 'inviter', 'invited']);

export const Relationship = z.object({
  id,
  with: z.object({ name: line, isSample: z.boolean() }),
  side: Side.describe('Which side I am on.'),
  state: State,
  title: line,
  agreement: id,
  refusal: z.string().optional(),
  pausedBy: z.enum(['mine', 'theirs', 'both']).optional(),
  endedBy: z.enum(['mine', 'theirs', 'sample']).optional(),
  since: instant,
  last: instant,
  unread: z.int(),
  expectations: z.object({ mine: text, theirs: text }),
  reviewDay: civilDate.optional(),
});
export type Relationship = z.infer<typeof Relationship>;

export const ListRelationships = z.object({
  ...page,
  state: State.optional(),
  side: Side.optional().describe('Only those in which I am on this side.'),
  search: words.optional(),
  ids: z.array(id).max(LIMITS.pageRows).optional().describe('Only these.'),
});
export const RelationshipList = z.object({ rows: z.array(Relationship), next: z.string().optional() });

export function relationshipView(row: RelationshipRow): Relationship {
  return {
    id: row.id,
    with: { name: row.name, isSample: row.is_sample },
    side: row.side,
    state: row.state,
    title: row.title,
    agreement: row.agreement,
    ...(row.refusal !== null && { refusal: row.refusal }),
    ...(row.paused_by !== null && { pausedBy: row.paused_by }),
    ...(row.ended_by !== null && { endedBy: row.ended_by }),
    since: row.since_at,
    last: row.last_at,
    unread: row.unread,
    expectations: { mine: row.expectations, theirs: row.their_expectations },
    ...(row.review_day !== null && { reviewDay: row.review_day }),
  };
}

const CURSOR = cursorOf('list-relationships', [instant, id]);

/** My relationships, newest activity first. Fails with `cursor-unknown`. */
export async function listRelationships(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListRelationships>,
): Promise<Result<z.output<typeof RelationshipList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const { state, side, search, ids, limit } = input;
  const rows = await deps.storage.read((view) =>
    pageRelationships(view, actor.home, { state, side, search, ids, after: after.value, limit }),
  );
  const { shown, next } = CURSOR.cut(rows, limit, (row) => [row.last_at, row.id]);
  return ok({ rows: shown.map(relationshipView), ...next });
}
