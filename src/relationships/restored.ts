import type { Kysely } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { getPartyRow, leaveOutPositions, NODE_HOME, type PartyTables } from '../parties/index.ts';
import { type BaseDeps, prepared, type Storage, type Tx, tables, type View } from '../storage/index.ts';
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

interface RestoredTables {
  node_values: { home_id: string; name: string; value: string };
  counters: { home_id: string; name: string; value: number };
}

const RESTORED = 'restored';
/** Ends the value for as long as the node has not started since. */
const UNFINISHED = ' unfinished';

/** When this node noticed last that it came back from a backup. */
async function restoredAt(
  view: View,
): Promise<{ readonly at: Instant; readonly isFinished: boolean } | undefined> {
  const row = await tables<RestoredTables>(view)
    .selectFrom('node_values')
    .select('value')
    .where('home_id', '=', NODE_HOME)
    .where('name', '=', RESTORED)
    .executeTakeFirst();
  return row && { at: Number.parseInt(row.value, 10), isFinished: !row.value.endsWith(UNFINISHED) };
}

async function noteRestored(tx: Tx, value: string): Promise<void> {
  await tables<RestoredTables>(tx)
    .insertInto('node_values')
    .values({ home_id: NODE_HOME, name: RESTORED, value })
    .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value }))
    .execute();
}

/**
 * This node came back from a backup: every relationship of everybody here asks its other side what it knows. A start that
 * fails before the next beat notices the same again; what has asked then asks no second time.
 */
export async function reconcileAll(deps: RelationshipDeps): Promise<number> {
  const restored = await deps.storage.transact(NODE_HOME, async (tx) => {
    const before = await restoredAt(tx);
    if (before?.isFinished === false) return before.at;
    // Each has a number of its own, whatever the clock says.
    const at = Math.max(deps.clock.now(), (before?.at ?? 0) + 1);
    await noteRestored(tx, `${at}${UNFINISHED}`);
    return at;
  });
  let count = 0;
  for (const home of await deps.storage.read(homesHere)) {
    count += await deps.storage.transact(home, (tx) => reconcileHome(tx, deps, restored));
  }
  return count;
}

/** The node has started: what comes back from a backup from now on is another one. */
export async function endRestoring(storage: Storage): Promise<void> {
  const before = await storage.read(restoredAt);
  if (before?.isFinished === false)
    await storage.transact(NODE_HOME, (tx) => noteRestored(tx, `${before.at}`));
}

/**
 * A party that was paused when a backup came back, and acts here again, has asked nobody then: what it signed between the two
 * it has forgotten as well.
 */
export async function reconcileUnpaused(tx: Tx, deps: BaseDeps, pausedAt: Instant | null): Promise<void> {
  const restored = await restoredAt(tx);
  if (restored && pausedAt !== null && pausedAt <= restored.at) await reconcileHome(tx, deps, restored.at);
}

async function reconcileHome(tx: Tx, deps: BaseDeps, restored: Instant): Promise<number> {
  if ((await getPartyRow(tx, tx.home))?.paused_at !== null) return 0;
  if (!(await isFirstTime(tx, restored))) return 0;
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

/** Notes that this home has asked since that backup came back; false when it had. */
async function isFirstTime(tx: Tx, restored: Instant): Promise<boolean> {
  const db = tables<RestoredTables>(tx);
  const before = await db
    .selectFrom('counters')
    .select('value')
    .where('home_id', '=', tx.home)
    .where('name', '=', RESTORED)
    .executeTakeFirst();
  if (before?.value === restored) return false;
  await db
    .insertInto('counters')
    .values({ home_id: tx.home, name: RESTORED, value: restored })
    .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value: restored }))
    .execute();
  return true;
}
