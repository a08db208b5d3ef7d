import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { RelationshipTables } from '../relationships/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { Commitment, CommitmentRow, CommitmentTables, ReviewRow } from './model.ts';

export async function insertCommitments(
  tx: Tx,
  rows: readonly Omit<CommitmentRow, 'home_id'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tables<CommitmentTables>(tx)
    .insertInto('commitments')
    .values(rows.map((row) => ({ home_id: tx.home, ...row })))
    .execute();
}

export async function getCommitmentRow(view: View, home: HomeId, id: string): Promise<Result<CommitmentRow>> {
  const row = await tables<CommitmentTables>(view)
    .selectFrom('commitments')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
  return row
    ? ok(row)
    : fail('commitment-unknown', 'There is no such promise.', 'Look it up in the relationship.');
}

/** The promise when it belongs to this relationship; a record can settle no other. */
export async function commitmentIn(tx: Tx, rel: string, id: string): Promise<Result<CommitmentRow>> {
  const row = await getCommitmentRow(tx, tx.home, id);
  return row.ok && row.value.rel !== rel
    ? fail('commitment-unknown', 'That promise belongs elsewhere.', 'Nothing was changed.')
    : row;
}

export async function updateCommitment(tx: Tx, id: string, change: Partial<CommitmentRow>): Promise<void> {
  await tables<CommitmentTables>(tx)
    .updateTable('commitments')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** Those of one relationship in the agreement's order, or the open ones of all. */
export async function findCommitments(
  view: View,
  home: HomeId,
  which: { rel?: string | undefined; after?: string | undefined; limit: number },
): Promise<CommitmentRow[]> {
  let query = tables<CommitmentTables>(view)
    .selectFrom('commitments')
    .selectAll()
    .where('home_id', '=', home);
  query =
    which.rel === undefined ? query.where('state', '!=', 'confirmed') : query.where('rel', '=', which.rel);
  if (which.after !== undefined) query = query.where('id', '>', which.after);
  return query.orderBy('id').limit(which.limit).execute();
}

/** Open promises: mine that are not done, and theirs that wait for my word. */
export async function commitmentCounts(
  view: View,
  home: HomeId,
): Promise<{ mineOpen: number; toConfirm: number }> {
  const rows = await tables<CommitmentTables>(view)
    .selectFrom('commitments')
    .select((e) => ['is_mine', 'state', e.fn.countAll<number>().as('total')])
    .where('home_id', '=', home)
    .where('state', 'in', ['promised', 'done'])
    .groupBy(['is_mine', 'state'])
    .execute();
  const count = (isMine: boolean, state: string): number =>
    rows.find((row) => row.is_mine === isMine && row.state === state)?.total ?? 0;
  return { mineOpen: count(true, 'promised'), toConfirm: count(false, 'done') };
}

/** When I said of each promise of theirs that it was kept, in these relationships, earliest first. */
export async function keptPromises(
  view: View,
  home: HomeId,
  rels: readonly string[],
): Promise<{ rel: string; at: number }[]> {
  if (rels.length === 0) return [];
  const rows = await tables<CommitmentTables>(view)
    .selectFrom('commitments')
    .select(['rel', 'settled_at'])
    .where('home_id', '=', home)
    .where('rel', 'in', rels)
    .where('is_mine', '=', false)
    .where('state', '=', 'confirmed')
    .where('outcome', '=', 'kept')
    .orderBy('settled_at')
    .orderBy('id')
    .execute();
  return rows.flatMap(({ rel, settled_at: at }) => (at === null ? [] : [{ rel, at }]));
}

/** The same by shop, over all relationships in which something was bought there. */
export async function keptByShops(
  view: View,
  home: HomeId,
  shops: readonly string[],
): Promise<{ shop: string; at: number }[]> {
  if (shops.length === 0) return [];
  const rows = await tables<CommitmentTables & Pick<RelationshipTables, 'relationships'>>(view)
    .selectFrom('relationships as r')
    .innerJoin('commitments as c', (join) =>
      join.onRef('c.home_id', '=', 'r.home_id').onRef('c.rel', '=', 'r.id'),
    )
    .select(['r.storefront as shop', 'c.settled_at'])
    .where('r.home_id', '=', home)
    .where('r.storefront', 'in', shops)
    .where('r.side', '=', 'buyer')
    .where('c.is_mine', '=', false)
    .where('c.state', '=', 'confirmed')
    .where('c.outcome', '=', 'kept')
    .orderBy('c.settled_at')
    .orderBy('c.id')
    .execute();
  return rows.flatMap(({ shop, settled_at: at }) => (at === null ? [] : [{ shop, at }]));
}

export async function insertReview(tx: Tx, row: Omit<ReviewRow, 'home_id'>): Promise<void> {
  await tables<CommitmentTables>(tx)
    .insertInto('reviews')
    .values({ home_id: tx.home, ...row })
    .execute();
}

/** Takes out the review that a record carried. */
export async function dropReview(tx: Tx, record: string): Promise<void> {
  await tables<CommitmentTables>(tx)
    .deleteFrom('reviews')
    .where('home_id', '=', tx.home)
    .where('record', '=', record)
    .execute();
}

export async function findReviews(view: View, home: HomeId, rel: string): Promise<ReviewRow[]> {
  return tables<CommitmentTables>(view)
    .selectFrom('reviews')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .execute();
}

export function commitmentView(row: CommitmentRow): Commitment {
  return {
    id: row.id,
    relationship: row.rel,
    isMine: row.is_mine,
    what: row.what,
    amount: { unit: row.unit, value: row.value_amount.toString() },
    ...(row.due_day !== null && { due: row.due_day }),
    state: row.state,
    ...(row.outcome !== null && { outcome: row.outcome }),
    ...(row.done_at !== null && { doneAt: row.done_at }),
    ...(row.settled_at !== null && { settledAt: row.settled_at }),
    note: row.note,
  };
}
