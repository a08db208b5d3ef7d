import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line, page } from '../kernel/schema.ts';
import { findRelationship } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { Grant, type GrantRow } from './model.ts';
import { grantsOf, pageGrants } from './store.ts';
import { theirLock } from './their-key.ts';
import { valueGiven } from './values.ts';
import { grantView } from './view.ts';

export const ListGrants = z.object({ relationship: id });
export const GrantList = z.object({
  rows: z.array(Grant),
  canCount: z
    .boolean()
    .describe(
      'Whether their Parley has said that it counts openings; what you give with a number waits until then.',
    ),
  canLock: z
    .boolean()
    .describe('Whether their Parley has said how to lock what it is given; what you give waits until then.'),
});

/**
 * What each side shows the other in one relationship, stopped and expired ones included; of mine what it says, and of theirs
 * what it is: to see it, open it.
 */
export async function listGrants(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListGrants>,
): Promise<Result<z.output<typeof GrantList>>> {
  return deps.storage.read(async (view) => {
    const { home } = actor;
    const rows: Grant[] = [];
    for (const row of await grantsOf(view, home, input.relationship))
      rows.push({ ...grantView(row, deps.clock.now()), ...(await valueOfMine(view, deps, row)) });
    const lock = await theirLock(view, home, input.relationship);
    return ok({ rows, canLock: lock !== undefined, canCount: lock?.isCounting === true });
  });
}

async function valueOfMine(view: View, deps: BaseDeps, row: GrantRow): Promise<{ value?: string }> {
  const isShown = row.is_mine && grantView(row, deps.clock.now()).state !== 'expired';
  const relationship = isShown ? await findRelationship(view, row.home_id, row.rel) : undefined;
  const value = relationship && (await valueGiven(view, deps, row.home_id, relationship, row));
  return value === undefined ? {} : { value };
}

export const ShowSharing = z.object(page);
export const Sharing = z.object({
  rows: z.array(
    Grant.omit({ value: true }).extend({
      with: line,
      lastAt: instant.describe(
        'When something last passed between us; what they do with it, nobody here can see.',
      ),
    }),
  ),
  next: z.string().optional(),
});

const CURSOR = cursorOf('show-sharing', [id]);

/** Who can see what of mine, why, since when, until when, and how often they opened it. Fails with `cursor-unknown`. */
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
