import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { itemsWithLapsed } from './hold-store.ts';
import { deskLimits } from './limits.ts';
import { lapseHolds } from './pieces.ts';
import { getItem } from './store.ts';
import type { DeskTables } from './tables.ts';

/** Homes where pieces are set aside for longer than was promised. */
export async function homesWithLapsedHolds(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await tables<DeskTables>(view)
    .selectFrom('desk_holds')
    .select('home_id')
    .distinct()
    .where('state', '=', 'open')
    .where('until_at', '<=', now)
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/** Frees what was set aside until a date that has passed, and tells the market. Twice is once. */
export async function sweepHolds(deps: BaseDeps, home: HomeId): Promise<number> {
  return deps.storage.transact(home, async (tx) => {
    const due = await itemsWithLapsed(tx, home, deps.clock.now(), deskLimits.lapsedAtOnce);
    for (const { storefront, number } of due) {
      const item = await getItem(tx, home, storefront, number);
      if (item) await lapseHolds(tx, deps, item);
    }
    return due.length;
  });
}
