import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Grant } from './model.ts';
import { grantsOf, grantView, pageGrants } from './store.ts';

export const ListGrants = z.object({ relationship: id });
export const GrantList = z.object({ rows: z.array(Grant) });

/** What each side shows the other in one relationship, stopped and expired ones included. */
export async function listGrants(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListGrants>,
): Promise<Result<z.output<typeof GrantList>>> {
  const rows = await deps.storage.read((view) => grantsOf(view, actor.home, input.relationship));
  return ok({ rows: rows.map((row) => grantView(row, deps.clock.now())) });
}

export const ShowSharing = z.object(page);
export const Sharing = z.object({
  rows: z.array(
    Grant.extend({
      with: line,
      lastAt: instant.describe(
        'When something last passed between us; what they do with it, nobody here can see.',
      ),
    }),
  ),
  next: z.string().optional(),
});

const CURSOR = cursorOf('show-sharing', [id]);

/** Who can see what of mine, why, since when and until when. Fails with `cursor-unknown`. */
export async function showSharing(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowSharing>,
): Promise<Result<z.output<typeof Sharing>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const [last] = after.value ?? [''];
  const found = await deps.storage.read((view) => pageGrants(view, actor.home, last, input.limit + 1));
  const { shown, next } = CURSOR.cut(found, input.limit, (row) => [row.id]);
  const now = deps.clock.now();
  return ok({
    rows: shown.map((row) => ({ ...grantView(row, now), with: row.name, lastAt: row.last_at })),
    ...next,
  });
}
