import { type Kysely, sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { likeAnywhere, prepared, type Tx, tables, type View } from '../storage/index.ts';
import type { RelationshipRow, RelationshipState, RelationshipTables } from './model.ts';

const relationshipRow = prepared((db: Kysely<RelationshipTables>, it: { home: HomeId; id: string }) =>
  db.selectFrom('relationships').selectAll().where('home_id', '=', it.home).where('id', '=', it.id),
);

export async function findRelationship(
  view: View,
  home: HomeId,
  id: string,
): Promise<RelationshipRow | undefined> {
  return (await relationshipRow(view, { home, id }))[0];
}

/** The relationships with a counterpart: one, but for what somebody else made up. */
export async function relationshipsWith(
  view: View,
  home: HomeId,
  counterpart: string,
): Promise<RelationshipRow[]> {
  return tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', home)
    .where('theirs', '=', counterpart)
    .orderBy('id')
    .limit(4)
    .execute();
}

/** Whether this counterpart has asked this storefront of mine for an agreement before. */
export async function hasDealtWith(view: Tx, counterpart: string, storefront: string): Promise<boolean> {
  const row = await tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .select('id')
    .where('home_id', '=', view.home)
    .where('theirs', '=', counterpart)
    .where('storefront', '=', storefront)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The relationship that this agreement founds. */
export async function findByAgreement(
  view: View,
  home: HomeId,
  agreement: string,
): Promise<RelationshipRow | undefined> {
  return tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', home)
    .where('agreement', '=', agreement)
    .executeTakeFirst();
}

/** The relationship that came from this offer or invitation. */
export async function relationshipOfOffer(
  view: View,
  home: HomeId,
  offer: string,
): Promise<RelationshipRow | undefined> {
  return tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', home)
    .where('offer', '=', offer)
    .executeTakeFirst();
}

/** The relationship, or `relationship-unknown`. */
export async function getRelationshipRow(
  view: View,
  home: HomeId,
  id: string,
): Promise<Result<RelationshipRow>> {
  const row = await findRelationship(view, home, id);
  if (row) return ok(row);
  return fail(
    'relationship-unknown',
    'There is no such relationship.',
    'Look it up in the list of relationships.',
  );
}

/** The relationships in which this identity of mine stands, but for those that never came about. */
export async function relationshipsOf(tx: Tx, mine: string): Promise<RelationshipRow[]> {
  return tables<RelationshipTables>(tx)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('mine', '=', mine)
    .where('state', '!=', 'refused')
    .execute();
}

export async function insertRelationship(tx: Tx, row: Omit<RelationshipRow, 'home_id'>): Promise<void> {
  await tables<RelationshipTables>(tx)
    .insertInto('relationships')
    .values({ home_id: tx.home, ...row })
    .execute();
}

interface Said {
  readonly home: HomeId;
  readonly id: string;
  readonly at: Instant;
}

const noteLast = prepared((db: Kysely<RelationshipTables>, it: Said) =>
  db
    .updateTable('relationships')
    .set({ last_at: it.at })
    .where('home_id', '=', it.home)
    .where('id', '=', it.id),
);

const noteNew = prepared((db: Kysely<RelationshipTables>, it: Said & { readonly unread: number }) =>
  db
    .updateTable('relationships')
    .set((e) => ({ last_at: it.at, unread: e('unread', '+', it.unread) }))
    .where('home_id', '=', it.home)
    .where('id', '=', it.id),
);

/** Notes that something was said just now, with how much of it is new to me. */
export async function noteSaid(tx: Tx, id: string, at: Instant, unread: number): Promise<void> {
  const said = { home: tx.home, id, at };
  // A column that is set is written in each of its indexes, also where it stays what it was.
  await (unread === 0 ? noteLast(tx, said) : noteNew(tx, { ...said, unread }));
}

export async function updateRelationship(
  tx: Tx,
  id: string,
  change: Partial<Omit<RelationshipRow, 'home_id' | 'id'>>,
): Promise<void> {
  await tables<RelationshipTables>(tx)
    .updateTable('relationships')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

interface RelationshipPage {
  readonly state?: RelationshipState | undefined;
  readonly side?: RelationshipRow['side'] | undefined;
  readonly search?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly after?: readonly [lastAt: Instant, id: string] | undefined;
  readonly limit: number;
}

/** Newest activity first; one row more than the limit tells that there are more. */
export async function pageRelationships(
  view: View,
  home: HomeId,
  page: RelationshipPage,
): Promise<RelationshipRow[]> {
  if (page.ids?.length === 0) return []; // a database takes no list of nothing
  let query = tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', home);
  if (page.state !== undefined) query = query.where('state', '=', page.state);
  if (page.side !== undefined) query = query.where('side', '=', page.side);
  if (page.ids !== undefined) query = query.where('id', 'in', page.ids);
  if (page.search !== undefined && page.search !== '') {
    const like = likeAnywhere(page.search.toLowerCase());
    query = query.where((e) =>
      e.or([
        sql<boolean>`lower(name) like ${like} escape '!'`,
        sql<boolean>`lower(title) like ${like} escape '!'`,
      ]),
    );
  }
  if (page.after) {
    const [lastAt, id] = page.after;
    query = query.where((e) =>
      e.or([e('last_at', '<', lastAt), e.and([e('last_at', '=', lastAt), e('id', '>', id)])]),
    );
  }
  return query
    .orderBy('last_at', 'desc')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
}

/** What this home has refused as a seller: for one storefront since an instant, and in all. */
export async function countRefused(
  tx: Tx,
  storefront: string,
  since: Instant,
): Promise<{ readonly lately: number; readonly inAll: number }> {
  const { lately, in_all: inAll } = await tables<RelationshipTables>(tx)
    .selectFrom('relationships')
    .select((e) => [
      e.fn
        .countAll<number>()
        .filterWhere('storefront', '=', storefront)
        .filterWhere('since_at', '>', since)
        .as('lately'),
      e.fn.countAll<number>().as('in_all'),
    ])
    .where('home_id', '=', tx.home)
    .where('state', '=', 'refused')
    .where('side', '=', 'seller')
    .executeTakeFirstOrThrow();
  return { lately, inAll };
}

interface RelationshipCounts {
  readonly active: number;
  readonly asked: number;
  /** What is new, in whatever state. */
  readonly unread: number;
}

export async function relationshipCounts(view: View, home: HomeId): Promise<RelationshipCounts> {
  const rows = await tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .select((e) => ['state', e.fn.countAll<number>().as('total')])
    .where('home_id', '=', home)
    .where('state', 'in', ['active', 'asked'])
    .groupBy('state')
    .execute();
  const { unread } = await tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .select((e) => e.fn.sum<number | null>('unread').as('unread'))
    .where('home_id', '=', home)
    .where(sql<boolean>`unread > 0`) // as the index says it
    .executeTakeFirstOrThrow();
  const of = (state: RelationshipState): number => rows.find((row) => row.state === state)?.total ?? 0;
  return { active: of('active'), asked: of('asked'), unread: Number(unread ?? 0) };
}
