import type { Kysely } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import { getPartyRow, leaveOutPositions, type PartyTables } from '../parties/index.ts';
import { prepared, type Tx, tables, type View } from '../storage/index.ts';
import type { RelationshipDeps, RelationshipTables } from './model.ts';
import { beginReconciling } from './reconcile.ts';
import { updateRelationship } from './store.ts';

/**
 * Whether an identity of mine stands in a relationship that has not heard yet what was said since a backup. What it had
 * signed before waits: it may have been sent and taken back since.
 */
export async function isReconciling(view: View, home: HomeId, mine: string): Promise<boolean> {
  return (await standingStill(view, { home, mine })).length > 0;
}

const standingStill = prepared((db: Kysely<RelationshipTables>, it: { home: HomeId; mine: string }) =>
  db
    .selectFrom('relationships')
    .select('id')
    .where('reconciling_at', 'is not', null)
    .where('home_id', '=', it.home)
    .where('mine', '=', it.mine)
    .limit(1),
);

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
