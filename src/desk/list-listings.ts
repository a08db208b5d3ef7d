import { sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { cursorOf } from '../kernel/cursor.ts';
import { idsOfPage, pageOrIds, sizeOf } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { words } from '../kernel/schema.ts';
import { base64url } from '../market/index.ts';
import { type BaseDeps, likeAnywhere, tables, type View } from '../storage/index.ts';
import { foldText } from './fold.ts';
import { listingOf, shownItems } from './listing-view.ts';
import { Listing, ListingState } from './model.ts';
import type { DeskTables } from './tables.ts';

export const ListListings = z.object({
  id: base64url.optional().describe('Only this listing, if it still stands.'),
  state: ListingState.optional(),
  search: words.optional().describe('Part of a title or of your own number.'),
  storefront: base64url.optional(),
  ...pageOrIds,
});
type Input = z.output<typeof ListListings>;

export const ListingList = z.object({
  rows: z.array(Listing),
  ...idsOfPage,
  next: z.string().optional(),
  total: z.int(),
});

const CURSOR = cursorOf('list-listings', [z.int().min(1)]);

/** What I have for sale, the last listed first. Fails with `cursor-unknown`. */
export async function listListings(
  deps: BaseDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof ListingList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const [before] = after.value ?? [Number.MAX_SAFE_INTEGER];
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const wanted = matching(view, actor.home, input, now);
    const { total } = await wanted
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const positions = await wanted
      .select(['position', 'listing'])
      .where('position', '<', before)
      .orderBy('position', 'desc')
      .limit(sizeOf(input) + 1)
      .execute();
    const part = CURSOR.cut(positions, sizeOf(input), (row) => [row.position]);
    if (input.idsOnly) {
      return ok({ rows: [], ids: part.shown.map((row) => row.listing), total, ...part.next });
    }
    const shown = part.shown.map((row) => row.position);
    const rows =
      shown.length === 0
        ? []
        : await shownItems(view, actor.home)
            .where('i.position', 'in', shown)
            .orderBy('i.position', 'desc')
            .execute();
    return ok({ rows: rows.map((row) => listingOf(row, now)), total, ...part.next });
  });
}

function matching(view: View, home: string, input: Input, now: Instant) {
  const { id: listing, state, search, storefront } = input;
  let query = tables<DeskTables>(view).selectFrom('desk_items').where('home_id', '=', home);
  if (listing !== undefined) query = query.where('listing', '=', listing);
  if (storefront !== undefined) query = query.where('storefront', '=', storefront);
  if (search?.trim())
    query = query.where(sql<boolean>`folded like ${likeAnywhere(foldText(search))} escape '!'`);
  if (state === undefined) return query;
  query = query.where('state', '=', state === 'withdrawn' ? 'withdrawn' : 'open');
  if (state === 'expired') return query.where('until_at', '<=', now);
  if (state === 'withdrawn') return query;
  return query.where('until_at', '>', now).where('stock', state === 'open' ? '>' : '=', 0);
}
