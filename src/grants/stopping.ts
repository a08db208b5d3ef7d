import { assert } from '../kernel/result.ts';
import { findRecord, parsePayload, recordsOf } from '../records/index.ts';
import { ask, findRelationship, type RelationshipRow } from '../relationships/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { forgetHolder, noteHolder } from '../vault/index.ts';
import { eraseGiven } from './carriers.ts';
import type { GrantRow, GrantTables } from './model.ts';
import { isOverWhenDeleted } from './standing-rules.ts';
import { grantsOf, updateGrant } from './store.ts';

/** The topic that wakes the keeper of grants after a commit. */
export const GRANTS = 'grants';

/** How sharing stopped. */
interface Stop {
  readonly at: number;
  readonly by: NonNullable<GrantRow['stopped_by']>;
  /** The record that says so. */
  readonly record?: string;
}

const NOTHING_STATED = { deletion: null, deleted_at: null, deletion_words: null, kept_until: null } as const;

/** Stops one grant: what was sent here is erased, the sealed value and the keys to it. */
export async function stop(tx: Tx, deps: BaseDeps, row: GrantRow, how: Stop): Promise<void> {
  await stopSome(tx, deps, row.rel, [row], how);
}

/** The same of several in one relationship. */
export async function stopSome(
  tx: Tx,
  deps: BaseDeps,
  rel: string,
  rows: readonly GrantRow[],
  how: Stop,
): Promise<void> {
  const relationship = await findRelationship(tx, tx.home, rel);
  assert(relationship, 'what is shared is shared in a relationship');
  for (const row of rows) await stopRow(tx, row, how);
  let unsent = 0;
  for (const isMine of [true, false]) {
    const grants = new Set(rows.filter((row) => row.is_mine === isMine).map((row) => row.id));
    if (grants.size > 0) unsent += await eraseGiven(tx, relationship, { isMine, grants }, how.at);
  }
  await letMiss(tx, deps, relationship, how, unsent);
}

/** Stops whatever is shared in a relationship, and erases all that was ever given in it. */
export async function stopAll(
  tx: Tx,
  deps: BaseDeps,
  relationship: RelationshipRow,
  how: Stop,
): Promise<void> {
  for (const row of await grantsOf(tx, tx.home, relationship.id))
    if (row.state !== 'stopped') await stopRow(tx, row, how);
  await letMiss(tx, deps, relationship, how, await eraseGiven(tx, relationship, 'all', how.at));
}

/**
 * The other side misses what did not leave as soon as more of my words come. Where none follow, what I ask says how far they
 * go, so that it asks for the rest: both hold the same, without what it was not to have any more.
 */
async function letMiss(
  tx: Tx,
  deps: BaseDeps,
  relationship: RelationshipRow,
  { by, record }: Stop,
  unsent: number,
): Promise<void> {
  const isFollowed = by === 'mine' && record !== undefined;
  if (unsent > 0 && !isFollowed) await ask(tx, deps, relationship);
}

async function stopRow(tx: Tx, row: GrantRow, { at, by, record }: Stop): Promise<void> {
  if (row.item !== null && (await isLastOfItem(tx, row))) await forgetHolder(tx, row.rel, [row.item]);
  const isStated =
    row.deleted_at !== null && isOverWhenDeleted({ ...row, until: row.until_at }, row.deleted_at);
  // Whoever had it says that it is erased; of my own there is nothing to say.
  const isToBeSaid = !row.is_mine && row.state === 'active' && !isStated;
  await updateGrant(tx, row.id, {
    ...{ state: 'stopped', stopped_at: at, stopped_by: by, stop_record: record ?? null },
    ...{ value: null, planned: null },
    ...(!isStated && NOTHING_STATED),
    ...(isToBeSaid && { deletion: 'due' as const }),
  });
  if (isToBeSaid) tx.wake(GRANTS);
}

/** Whether the other side has nothing of this item of mine any more once this is over. */
async function isLastOfItem(tx: Tx, { id, rel, item, is_mine: isMine, state }: GrantRow): Promise<boolean> {
  if (!isMine || state !== 'active') return false;
  const other = await tables<GrantTables>(tx)
    .selectFrom('grants')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('item', '=', item)
    .where('state', '=', 'active')
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
}

/**
 * What was stopped by words that count no more is shared still, as the other side has it; its value, which was erased here,
 * does not come back.
 */
export async function shareAnew(tx: Tx, rel: string, only?: string): Promise<void> {
  const stops = await recordsOf(tx, tx.home, rel, ['grant-stopped', 'relationship-ended']);
  if (stops.some((it) => it.type === 'relationship-ended')) return;
  const stopped = stops.map(({ body }) => body && parsePayload(body));
  for (const row of await grantsOf(tx, tx.home, rel)) {
    if (row.state !== 'stopped' || (only !== undefined && row.id !== only)) continue;
    const isPast = row.until_at !== null && row.until_at <= (row.stopped_at ?? 0);
    const isOver = isPast || row.stopped_by === 'count';
    const carrier = row.record === null ? undefined : await findRecord(tx, tx.home, rel, row.record);
    if (isOver || !carrier || stopped.some((it) => it?.ok && it.value.grant === row.id)) continue;
    if (row.is_mine && row.item !== null) await noteHolder(tx, rel, [row.item], row.until_at ?? undefined);
    await updateGrant(tx, row.id, {
      ...{ state: 'active', stopped_at: null, stopped_by: null, stop_record: null },
      // What was said of its deletion stood behind the stop, and counts as little.
      ...NOTHING_STATED,
    });
  }
}
