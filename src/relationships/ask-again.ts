import { countWaiting, type DeliveryTables, dropGivenUp } from '../delivery/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { ok } from '../kernel/result.ts';
import { tables, type View } from '../storage/index.ts';
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { RelationshipDeps, RelationshipTables } from './model.ts';
import { ask, WANTED } from './reconcile.ts';
import { findRelationship } from './store.ts';

const AT_ONCE = 500;

type Both = RelationshipTables & Pick<DeliveryTables, 'outbox'>;

/** Relationships that stand still with no question on its way: it was given up, or its answer has not come. */
function unasked(view: View, now: Instant) {
  return tables<Both>(view)
    .selectFrom('relationships as r')
    .where('r.reconciling_at', '>', 0)
    .where('r.theirs', 'is not', null)
    .where('r.state', '!=', 'refused')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('outbox as o')
            .select('o.id')
            .whereRef('o.home_id', '=', 'r.home_id')
            .whereRef('o.about', '=', 'r.id')
            .where('o.type', '=', WANTED)
            .where((o) =>
              o.or([o('o.state', '=', 'saved'), o('o.saved_at', '>', now - RELATIONSHIP_LIMITS.lateMs)]),
            ),
        ),
      ),
    );
}

/** Homes that wait for what nobody is asked any more. */
export async function homesStandingStill(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await unasked(view, now).select('r.home_id').distinct().orderBy('r.home_id').execute();
  return rows.map((row) => row.home_id);
}

/** Asks once more what the other sides know: a node may come back after years. Twice is once. */
export async function askAgain(deps: RelationshipDeps, home: HomeId): Promise<number> {
  const found = await deps.storage.read((view) =>
    unasked(view, deps.clock.now()).where('r.home_id', '=', home).select('r.id').limit(AT_ONCE).execute(),
  );
  for (const { id } of found) {
    await deps.storage.transact(home, async (tx) => {
      const row = await findRelationship(tx, home, id);
      if (row?.reconciling_at == null || (await countWaiting(tx, WANTED, id)) > 0) return ok(false);
      await dropGivenUp(tx, WANTED, id);
      await ask(tx, deps, row);
      return ok(true);
    });
  }
  return found.length;
}
