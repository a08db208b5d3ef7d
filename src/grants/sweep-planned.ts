import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { isFailure, ok } from '../kernel/result.ts';
import { type RelationshipDeps, type RelationshipTables, relationshipFor } from '../relationships/index.ts';
import { tables, type View } from '../storage/index.ts';
import { sendPlannedGrants } from './give.ts';
import type { GrantTables } from './model.ts';

const AT_ONCE = 100;

type Both = GrantTables & Pick<RelationshipTables, 'relationships'>;

/** What was to be given in relationships that are open and stand still for no backup. */
function planned(view: View, now: Instant) {
  return tables<Both>(view)
    .selectFrom('grants as g')
    .innerJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 'g.home_id').onRef('r.id', '=', 'g.rel'),
    )
    .where('g.state', '=', 'planned')
    .where('r.state', '=', 'active')
    .where('r.reconciling_at', 'is', null)
    .where((e) => e.or([e('g.until_at', 'is', null), e('g.until_at', '>', now)]));
}

/** Homes whose yes came while they stood still after a backup: by now they know that it was never given. */
export async function homesWithPlanned(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await planned(view, now).select('g.home_id').distinct().orderBy('g.home_id').execute();
  return rows.map((row) => row.home_id);
}

/** Gives what was to be given when the other side signed. Twice is once. */
export async function sweepPlanned(deps: RelationshipDeps, home: HomeId): Promise<number> {
  const found = await deps.storage.read((view) =>
    planned(view, deps.clock.now())
      .where('g.home_id', '=', home)
      .select('g.rel')
      .distinct()
      .limit(AT_ONCE)
      .execute(),
  );
  for (const { rel } of found) {
    try {
      const given = await deps.storage.transact(home, async (tx) => {
        // It may have been paused since the look.
        const row = await relationshipFor(tx, rel, 'speak');
        return row.ok && row.value.reconciling_at === null ? sendPlannedGrants(tx, deps, row.value) : ok([]);
      });
      if (isFailure(given)) deps.log('grants.held');
    } catch {
      deps.log('grants.stumbled');
    }
  }
  return found.length;
}
