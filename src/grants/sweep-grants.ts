import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { GRANT_LIMITS } from './limits.ts';
import type { GrantRow, GrantTables } from './model.ts';
import { stopSome } from './stopping.ts';

const UNENDED = ['active', 'planned'] as const;

/** Homes with grants whose date has passed and whose values are still here. */
export async function homesWithExpiredGrants(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await tables<GrantTables>(view)
    .selectFrom('grants')
    .select('home_id')
    .distinct()
    .where('state', 'in', UNENDED)
    .where('until_at', '<=', now)
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/**
 * Erases what was given until a date that has passed, on whichever side this home is, and what was to be given until then and
 * never went out. Twice is once.
 */
export async function sweepGrants(deps: BaseDeps, home: HomeId): Promise<number> {
  return deps.storage.transact(home, async (tx) => {
    const rows: GrantRow[] = await tables<GrantTables>(tx)
      .selectFrom('grants')
      .selectAll()
      .where('home_id', '=', home)
      .where('state', 'in', UNENDED)
      .where('until_at', '<=', deps.clock.now())
      .limit(GRANT_LIMITS.atOnce)
      .execute();
    for (const [rel, some] of Map.groupBy(rows, (row) => row.rel))
      await stopSome(tx, deps, rel, some, { at: deps.clock.now(), by: 'time' });
    return rows.length;
  });
}
