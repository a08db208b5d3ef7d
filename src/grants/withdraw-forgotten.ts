import { sql } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import type { RelationshipTables } from '../relationships/index.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import { GRANT_LIMITS } from './limits.ts';
import type { GrantRow, GrantTables } from './model.ts';
import { stopSome } from './stopping.ts';

const SAME_MOMENT_MS = 60_000;

type Both = GrantTables & Pick<RelationshipTables, 'relationships'>;

/**
 * What waited for the other side's key in a backup: that it was withdrawn since stands in no record, so nobody can tell. What
 * waits for their signature cannot be withdrawn, and is given on their yes.
 */
const forgotten = (view: View) =>
  tables<Both>(view)
    .selectFrom('grants as g')
    .innerJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 'g.home_id').onRef('r.id', '=', 'g.rel'),
    )
    .where('g.state', '=', 'planned')
    .where('r.state', 'in', ['active', 'paused'])
    .where('r.reconciling_at', '>', 0)
    // A yes that is heard after the backup was not forgotten: then it stands still from that very moment on.
    .where(sql<boolean>`r.since_at < r.reconciling_at - ${SAME_MOMENT_MS}`);

/** Homes that came back from a backup in which something waited to be given. */
export async function homesWithForgotten(view: View): Promise<HomeId[]> {
  const rows = await forgotten(view).select('g.home_id').distinct().orderBy('g.home_id').execute();
  return rows.map((row) => row.home_id);
}

/** Gives none of it before its owner says so again; what was given, as the other side tells, is given. Twice is once. */
export async function withdrawForgotten(deps: BaseDeps, home: HomeId): Promise<number> {
  return deps.storage.transact(home, async (tx: Tx) => {
    const rows: GrantRow[] = await forgotten(tx)
      .where('g.home_id', '=', home)
      .selectAll('g')
      .limit(GRANT_LIMITS.atOnce)
      .execute();
    for (const [rel, some] of Map.groupBy(rows, (row) => row.rel))
      await stopSome(tx, deps, rel, some, { at: deps.clock.now(), by: 'mine' });
    return rows.length;
  });
}
