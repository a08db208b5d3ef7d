import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, line, page } from '../kernel/schema.ts';
import { findRelationship } from '../relationships/index.ts';
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
  rows: z.array(Grant.extend({ with: line })),
  next: z.string().optional(),
});

/** Who can see what of mine, why, since when and until when. */
export async function showSharing(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowSharing>,
): Promise<Result<z.output<typeof Sharing>>> {
  return deps.storage.read(async (view) => {
    const found = await pageGrants(view, actor.home, input.after ?? '', input.limit + 1);
    const shown = found.slice(0, input.limit);
    const rows = [];
    for (const row of shown) {
      const relationship = await findRelationship(view, actor.home, row.rel);
      rows.push({ ...grantView(row, deps.clock.now()), with: relationship?.name ?? '?' });
    }
    const last = shown.at(-1);
    return ok({ rows, ...(found.length > input.limit && last && { next: last.id }) });
  });
}
