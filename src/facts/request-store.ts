import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { FactTables, RequestRow } from './model.ts';

export async function insertRequest(tx: Tx, row: Omit<RequestRow, 'home_id'>): Promise<void> {
  await tables<FactTables>(tx)
    .insertInto('proof_requests')
    .values({ home_id: tx.home, ...row })
    .execute();
}

/** The request, or `proof-request-unknown`. */
export async function getRequest(view: View, home: HomeId, id: string): Promise<Result<RequestRow>> {
  const row = await tables<FactTables>(view)
    .selectFrom('proof_requests')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return ok(row);
  return fail(
    'proof-request-unknown',
    'Nobody has asked that here.',
    'Look it up in the relationship that it was asked in.',
  );
}

export async function updateRequest(tx: Tx, id: string, change: Partial<RequestRow>): Promise<void> {
  await tables<FactTables>(tx)
    .updateTable('proof_requests')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

export async function dropRequest(tx: Tx, id: string): Promise<void> {
  await tables<FactTables>(tx)
    .deleteFrom('proof_requests')
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** What either side asked in a relationship, the newest first. */
export async function requestsOf(
  view: View,
  home: HomeId,
  rel: string,
  limit: number,
): Promise<RequestRow[]> {
  return tables<FactTables>(view)
    .selectFrom('proof_requests')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function countRequests(view: View, home: HomeId, rel: string): Promise<number> {
  const { total } = await tables<FactTables>(view)
    .selectFrom('proof_requests')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .executeTakeFirstOrThrow();
  return total;
}
