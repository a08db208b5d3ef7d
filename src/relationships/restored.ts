import type { Settlers } from '../delivery/index.ts';
import type { HomeId } from '../kernel/ids.ts';
import { getPartyRow } from '../parties/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { RelationshipDeps, RelationshipTables } from './model.ts';
import { beginReconciling } from './reconcile.ts';
import { findRelationship } from './store.ts';

/** Homes that deal with somebody. */
async function homesWithRelationships(view: View): Promise<HomeId[]> {
  const rows = await tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .select('home_id')
    .distinct()
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/** This node came back from a backup: every relationship of everybody here asks its other side what it knows. */
export async function reconcileAll(deps: RelationshipDeps): Promise<number> {
  let count = 0;
  for (const home of await deps.storage.read(homesWithRelationships)) {
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
    .where('theirs', 'is not', null)
    .where('state', '!=', 'refused')
    .execute();
  for (const row of rows) await beginReconciling(tx, deps, row);
  return rows.length;
}

/** A record of mine that the other side holds another one for: it was signed after a backup had come back unnoticed. */
export const settleRecord: Settlers<RelationshipDeps> extends ReadonlyMap<string, infer Settle>
  ? Settle
  : never = async (tx, deps, about, code) => {
  if (code !== 'record-fork') return;
  const forked = await placeOfRecord(tx, about);
  const relationship = forked && (await findRelationship(tx, tx.home, forked.rel));
  if (relationship?.reconciling_at === null) await beginReconciling(tx, deps, relationship, forked?.seq);
};

async function placeOfRecord(tx: Tx, id: string): Promise<{ rel: string; seq: number } | undefined> {
  return tables<{ records: { home_id: string; id: string; rel: string; seq: number } }>(tx)
    .selectFrom('records')
    .select(['rel', 'seq'])
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .executeTakeFirst();
}
