import type { Instant } from '../kernel/clock.ts';
import { ok, type Result } from '../kernel/result.ts';
import { recordBodies } from '../records/index.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { Opened } from './content.ts';
import type { GrantRow } from './model.ts';
import { isSpent, openingsOf } from './standing-rules.ts';
import { stop } from './stopping.ts';
import { getGrantRow, updateGrant } from './store.ts';

/**
 * What receipts in the chain say already of a grant that stands here from now on: after a backup they may be told before it is.
 * None where its receiver has not said that it was opened.
 */
export async function openingsTold(
  tx: Tx,
  { id: rel, mine, theirs }: RelationshipRow,
  isMine: boolean,
  grant: string,
): Promise<Pick<GrantRow, 'opens' | 'opened_at' | 'opened_by'> | undefined> {
  const receiver = isMine ? theirs : mine;
  const said = (await recordBodies(tx, tx.home, rel, 'grant-opened')).flatMap(({ author, body }) => {
    const receipt = author === receiver ? Opened.safeParse(body).data : undefined;
    return receipt?.grant === grant ? [receipt] : [];
  });
  const last = said.at(-1);
  const opens = said.reduce((sum, it) => Math.min(sum + it.count, Number.MAX_SAFE_INTEGER), 0);
  return last && { opens, opened_at: last.at, opened_by: last.by };
}

/** What was opened as often as it may be is over, on both sides: value and key are erased as on the last day of others. */
export async function endIfSpent(tx: Tx, deps: BaseDeps, grant: string, at: Instant): Promise<void> {
  const row = await getGrantRow(tx, tx.home, grant);
  if (row?.state === 'active' && isSpent(row.times, openingsOf(row)))
    await stop(tx, deps, row, { at, by: 'count' });
}

/**
 * Told after a backup in which something of mine waits still: it was given, and opened as often as it might be, and its own words
 * are lost since. It is not given again. Undefined where that is not so.
 */
export async function endIfForgotten(
  tx: Tx,
  deps: BaseDeps,
  relationship: RelationshipRow,
  grant: string,
  at: Instant,
): Promise<Result<unknown> | undefined> {
  const row = await getGrantRow(tx, tx.home, grant);
  const isForgotten = row?.is_mine === true && row.state === 'planned' && row.rel === relationship.id;
  if (!isForgotten || relationship.reconciling_at === null) return undefined;
  const told = await openingsTold(tx, relationship, true, grant);
  if (!isSpent(row.times, told?.opens ?? 0)) return undefined;
  await updateGrant(tx, grant, { ...told });
  await stop(tx, deps, row, { at, by: 'count' });
  return ok('given before');
}
