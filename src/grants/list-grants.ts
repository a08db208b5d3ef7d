import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, line, page } from '../kernel/schema.ts';
import { findRelationship } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { GRANT_LIMITS } from './limits.ts';
import { countGrants, countWaiting, GRANT_PLACE, pageGrants, WhichGrants } from './listing.ts';
import { Grant, type GrantRow } from './model.ts';
import { theirLock } from './their-key.ts';
import { valueGiven } from './values.ts';
import { grantView } from './view.ts';

const count = z.int().min(0);

export const ListGrants = z.object({
  relationship: id,
  ...page,
  side: z.enum(['mine', 'theirs']).optional().describe('Only what I give, or only what they give.'),
  state: WhichGrants.optional(),
  properties: z
    .array(line)
    .max(GRANT_LIMITS.askedFor)
    .optional()
    .describe('Only of these properties, or of the items that are named; what is counted is counted of all.'),
  items: z.array(id).max(GRANT_LIMITS.askedFor).optional().describe('Only of these items of yours.'),
});
export const GrantList = z.object({
  rows: z.array(Grant),
  over: count.describe('How much was stopped or has expired, on the side that was asked for.'),
  total: count.describe('How many there are, on all pages, whatever is named.'),
  waiting: count.describe('How much of what you give is still to go out.'),
  waitingCounted: count.describe('How much of that with a number of openings.'),
  canCount: z
    .boolean()
    .describe(
      'Whether their Parley has said that it counts openings; what you give with a number waits until then.',
    ),
  canLock: z
    .boolean()
    .describe('Whether their Parley has said how to lock what it is given; what you give waits until then.'),
  next: z.string().optional(),
});

const CURSOR = cursorOf('list-grants', GRANT_PLACE);

/**
 * What each side shows the other in one relationship: what is in force and what waits, mine first, and then what was stopped
 * or has expired; of mine what it says, and of theirs what it is: to see it, open it. Fails with `cursor-unknown`.
 */
export async function listGrants(
  deps: BaseDeps,
  { home }: PartyActor,
  input: z.output<typeof ListGrants>,
): Promise<Result<z.output<typeof GrantList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const { relationship, side, state, properties, items, limit } = input;
  const isMine = side === undefined ? undefined : side === 'mine';
  const now = deps.clock.now();
  const isNamed = properties !== undefined || items !== undefined;
  const named = isNamed ? { properties: properties ?? [], items: items ?? [] } : undefined;
  const wanted = { relationship, isMine, state, named, after: after.value, limit: limit + 1 };
  return deps.storage.read(async (view) => {
    const found = await pageGrants(view, home, wanted, now);
    const { shown, next } = CURSOR.cut(found, limit, (it) => it.place);
    const rows: Grant[] = [];
    for (const { row } of shown)
      rows.push({ ...grantView(row, now), ...(await valueOfMine(view, deps, row)) });
    const all = await countGrants(view, home, { relationship, isMine }, now);
    const lock = await theirLock(view, home, relationship);
    return ok({
      rows,
      over: all.over,
      total: state === undefined ? all.now + all.over : all[state],
      ...(await countWaiting(view, home, relationship, now)),
      ...{ canLock: lock !== undefined, canCount: lock?.isCounting === true },
      ...next,
    });
  });
}

async function valueOfMine(view: View, deps: BaseDeps, row: GrantRow): Promise<{ value?: string }> {
  const isShown = row.is_mine && grantView(row, deps.clock.now()).state !== 'expired';
  const relationship = isShown ? await findRelationship(view, row.home_id, row.rel) : undefined;
  const value = relationship && (await valueGiven(view, deps, row.home_id, relationship, row));
  return value === undefined ? {} : { value };
}
