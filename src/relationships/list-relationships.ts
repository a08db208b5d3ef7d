import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { civilDate, id, instant, line, page, text } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { RelationshipRow } from './model.ts';
import { pageRelationships } from './store.ts';

export const State = z.enum(['asked', 'active', 'paused', 'ended', 'refused']);

export const Relationship = z.object({
  id,
  with: z.object({ name: line, isSample: z.boolean() }),
  side: z.enum(['buyer', 'seller']).describe('Which side I am on.'),
  state: State,
  title: line,
  agreement: id,
  refusal: z.string().optional(),
  pausedBy: z.enum(['mine', 'theirs']).optional(),
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
  search: z.string().max(100).optional(),
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

/** My relationships, newest activity first. */
export async function listRelationships(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListRelationships>,
): Promise<Result<z.output<typeof RelationshipList>>> {
  const after = input.after === undefined ? undefined : parseCursor(input.after);
  if (input.after !== undefined && !after) {
    return fail('cursor-malformed', 'That place in the list is not known.', 'Begin again from the top.');
  }
  const { state, search, limit } = input;
  const rows = await deps.storage.read((view) =>
    pageRelationships(view, actor.home, { state, search, after, limit }),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last ? `${last.last_at}.${last.id}` : undefined;
  return ok({ rows: shown.map(relationshipView), ...(next !== undefined && { next }) });
}

function parseCursor(cursor: string): { lastAt: number; id: string } | undefined {
  const found = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(cursor);
  return found?.[1] && found[2] ? { lastAt: Number(found[1]), id: found[2] } : undefined;
}
