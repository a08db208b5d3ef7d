import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { instant, line, page, words } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { countGrants, countSeen, GRANT_PLACE, pageGrants, WhichGrants } from './listing.ts';
import { Grant } from './model.ts';
import { grantView } from './view.ts';

const count = z.int().min(0);

export const ShowSharing = z.object({
  ...page,
  state: WhichGrants.optional(),
  search: words.optional().describe('Found in the names of parties and of items.'),
});
export const Sharing = z.object({
  rows: z.array(
    Grant.omit({ value: true }).extend({
      with: line,
      lastAt: instant.describe(
        'When something last passed between us; what they do with it, nobody here can see.',
      ),
    }),
  ),
  items: count.describe('How many items of yours somebody can see now, whatever was looked for.'),
  parties: count.describe('How many relationships they can be seen in.'),
  over: count.describe('How much was stopped or has expired.'),
  total: count.optional().describe('How many fit, on all pages; not told of a search.'),
  next: z.string().optional(),
});

const CURSOR = cursorOf('show-sharing', GRANT_PLACE);

/**
 * Who can see what of mine, why, since when, until when, and how often they opened it: what is to go out, what is seen, the
 * newest first, and then what is over. Fails with `cursor-unknown`.
 */
export async function showSharing(
  deps: BaseDeps,
  { home }: PartyActor,
  input: z.output<typeof ShowSharing>,
): Promise<Result<z.output<typeof Sharing>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const { state, search, limit } = input;
  const now = deps.clock.now();
  const wanted = { isMine: true, state, search, after: after.value, limit: limit + 1 };
  return deps.storage.read(async (view) => {
    const found = await pageGrants(view, home, wanted, now);
    const all = await countGrants(view, home, { isMine: true }, now);
    const { shown, next } = CURSOR.cut(found, limit, (it) => it.place);
    const isSearched = search !== undefined && search.trim() !== '';
    return ok({
      rows: shown.map(({ row }) => ({ ...grantView(row, now), with: row.name, lastAt: row.last_at })),
      ...(await countSeen(view, home, now)),
      over: all.over,
      ...(!isSearched && { total: state === undefined ? all.now + all.over : all[state] }),
      ...next,
    });
  });
}
