import type { HomeId } from '../kernel/ids.ts';
import { getPartyRow, leaveOutPositions, type PartyTables } from '../parties/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { RelationshipDeps, RelationshipTables } from './model.ts';
import { beginReconciling } from './reconcile.ts';
import { updateRelationship } from './store.ts';

/** Everybody here. */
async function homesHere(view: View): Promise<HomeId[]> {
  const rows = await tables<Pick<PartyTables, 'parties'>>(view)
    .selectFrom('parties')
    .select('home_id')
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/** This node came back from a backup: every relationship of everybody here asks its other side what it knows. */
export async function reconcileAll(deps: RelationshipDeps): Promise<number> {
  let count = 0;
  for (const home of await deps.storage.read(homesHere)) {
    count += await deps.storage.transact(home, (tx) => reconcileHome(tx, deps));
  }
  return count;
}

async function reconcileHome(tx: Tx, deps: RelationshipDeps): Promise<number> {
  if ((await getPartyRow(tx, tx.home))?.paused_at !== null) return 0;
  const rows = await tables<RelationshipTables>(tx)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('state', '!=', 'refused')
    .execute();
  await leaveOutPositions(tx);
  for (const row of rows) {
    // Who has not answered yet cannot be asked; but what was signed since may be told (agreements/take-founding.ts).
    if (row.theirs === null) await updateRelationship(tx, row.id, { reconciling_at: deps.clock.now() });
    else await beginReconciling(tx, deps, row);
  }
  return rows.filter((row) => row.theirs !== null).length;
}
