import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { deskLimits } from './limits.ts';
import type { DeskTables, SeenRow } from './tables.ts';

const DAY_MS = 86_400_000;
/** What I answered stays, as my answer does. */
const UNANSWERED: readonly SeenRow['state'][] = ['new', 'declined', 'full', 'closed'];

/** Sellers who were shown wants that ended so long ago that nobody looks for them. */
export async function homesWithOldCasts(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await tables<DeskTables>(view)
    .selectFrom('desk_casts')
    .select('home_id')
    .distinct()
    .where('state', 'in', UNANSWERED)
    .where('until_at', '<', now - deskLimits.keepCastDays * DAY_MS)
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/** Forgets them. Twice is once. */
export async function sweepCasts(deps: BaseDeps, home: HomeId): Promise<number> {
  const before = deps.clock.now() - deskLimits.keepCastDays * DAY_MS;
  return deps.storage.transact(home, async (tx) => {
    const db = tables<DeskTables>(tx);
    const [done] = await db
      .deleteFrom('desk_casts')
      .where('home_id', '=', home)
      .where('alias', 'in', (q) =>
        q
          .selectFrom('desk_casts')
          .select('alias')
          .where('home_id', '=', home)
          .where('state', 'in', UNANSWERED)
          .where('until_at', '<', before)
          .limit(deskLimits.castsForgottenAtOnce),
      )
      .execute();
    return Number(done?.numDeletedRows ?? 0n);
  });
}
