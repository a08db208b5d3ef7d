import { sql } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { ProfferRow, ProfferTables } from './model.ts';

export async function findProffer(view: View, home: HomeId, id: string): Promise<ProfferRow | undefined> {
  return tables<ProfferTables>(view)
    .selectFrom('proffers')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Writes a proffer, new or moved on. */
export async function keepProffer(tx: Tx, row: ProfferRow): Promise<void> {
  const { home_id: _, id: __, ...changes } = row;
  await tables<ProfferTables>(tx)
    .insertInto('proffers')
    .values(row)
    .onConflict((c) => c.columns(['home_id', 'id']).doUpdateSet(changes))
    .execute();
}

export async function dropProffer(tx: Tx, id: string): Promise<void> {
  await tables<ProfferTables>(tx)
    .deleteFrom('proffers')
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

interface ProfferPage {
  readonly counter?: string | undefined;
  readonly after?: readonly [begunAt: number, id: string] | undefined;
  readonly limit: number;
}

/** Proffers of both directions, newest first. */
export async function listProfferRows(view: View, home: HomeId, page: ProfferPage): Promise<ProfferRow[]> {
  let query = tables<ProfferTables>(view).selectFrom('proffers').selectAll().where('home_id', '=', home);
  if (page.counter !== undefined) query = query.where('counter', '=', page.counter);
  if (page.after) query = query.where(sql<boolean>`(begun_at, id) < (${page.after[0]}, ${page.after[1]})`);
  return query.orderBy('begun_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}

export async function countOpen(view: View, home: HomeId): Promise<number> {
  const { total } = await tables<ProfferTables>(view)
    .selectFrom('proffers')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('is_over', '=', false)
    .executeTakeFirstOrThrow();
  return total;
}
