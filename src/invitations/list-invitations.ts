import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { type InvitationRow, Note } from './model.ts';
import { pageInvitations } from './store.ts';

export const ListInvitations = z.object(page);
export const InvitationView = z.object({
  id,
  name: line,
  note: Note,
  terms: z.string(),
  state: z.enum(['open', 'late', 'taken', 'withdrawn']),
  /** The relationship that its acceptance asked for. */
  relationship: id.optional(),
  until: instant,
  madeAt: instant,
});
export const Invitations = z.object({ rows: z.array(InvitationView), next: z.string().optional() });

const CURSOR = cursorOf('list-invitations', [instant, id]);

export function invitationView(row: InvitationRow, now: Instant): z.output<typeof InvitationView> {
  const { id: invitation, name, note, terms, state, relationship, until_at: until, made_at: madeAt } = row;
  return {
    ...{ id: invitation, name, note, terms, until, madeAt },
    state: state === 'open' && until <= now ? 'late' : state,
    ...(relationship !== null && { relationship }),
  };
}

/** My invitations and what became of them, newest first. Fails with `cursor-unknown`. */
export async function listInvitations(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListInvitations>,
): Promise<Result<z.output<typeof Invitations>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const found = await deps.storage.read((view) =>
    pageInvitations(view, actor.home, { after: after.value, limit: input.limit + 1 }),
  );
  const { shown, next } = CURSOR.cut(found, input.limit, (row) => [row.made_at, row.id]);
  const now = deps.clock.now();
  return ok({ rows: shown.map((row) => invitationView(row, now)), ...next });
}
