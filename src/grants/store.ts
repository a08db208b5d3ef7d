import type { HomeId } from '../kernel/ids.ts';
import type { PartyTables } from '../parties/index.ts';
import type { RelationshipTables } from '../relationships/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { Grant, GrantRow, GrantTables } from './model.ts';

export async function insertGrant(tx: Tx, row: Omit<GrantRow, 'home_id'>): Promise<void> {
  await tables<GrantTables>(tx)
    .insertInto('grants')
    .values({ home_id: tx.home, ...row })
    .execute();
}

export async function getGrantRow(view: View, home: HomeId, id: string): Promise<GrantRow | undefined> {
  return tables<GrantTables>(view)
    .selectFrom('grants')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function updateGrant(tx: Tx, id: string, change: Partial<GrantRow>): Promise<void> {
  await tables<GrantTables>(tx)
    .updateTable('grants')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

export async function grantsOf(view: View, home: HomeId, rel: string): Promise<GrantRow[]> {
  return tables<GrantTables>(view)
    .selectFrom('grants')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .orderBy('id')
    .execute();
}

/** What I share, each with the name of whom I share it with. */
export async function pageGrants(
  view: View,
  home: HomeId,
  after: string,
  limit: number,
): Promise<(GrantRow & { name: string; last_at: number })[]> {
  return tables<GrantTables & Pick<RelationshipTables, 'relationships'>>(view)
    .selectFrom('grants as g')
    .innerJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 'g.home_id').onRef('r.id', '=', 'g.rel'),
    )
    .selectAll('g')
    .select(['r.name', 'r.last_at'])
    .where('g.home_id', '=', home)
    .where('g.is_mine', '=', true)
    .where('g.id', '>', after)
    .orderBy('g.id')
    .limit(limit)
    .execute();
}

/** How many fields of mine somebody can see now. */
export async function sharedCount(view: View, home: HomeId, now: number): Promise<number> {
  const row = await tables<GrantTables>(view)
    .selectFrom('grants')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('is_mine', '=', true)
    .where('state', '=', 'active')
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
    .executeTakeFirstOrThrow();
  return row.total;
}

/** Who lives behind one of these hosts and can see fields of mine now. */
export async function sharedOnNode(
  view: View,
  home: HomeId,
  hosts: readonly string[],
  now: number,
  limit: number,
): Promise<{ relationship: string; name: string }[]> {
  type Joined = GrantTables & Pick<RelationshipTables, 'relationships'> & Pick<PartyTables, 'counterparts'>;
  return tables<Joined>(view)
    .selectFrom('relationships as r')
    .innerJoin('counterparts as c', (join) =>
      join.onRef('c.home_id', '=', 'r.home_id').onRef('c.id', '=', 'r.theirs'),
    )
    .innerJoin('grants as g', (join) => join.onRef('g.home_id', '=', 'r.home_id').onRef('g.rel', '=', 'r.id'))
    .select(['r.id as relationship', 'r.name'])
    .distinct()
    .where('r.home_id', '=', home)
    .where('c.host', 'in', hosts)
    .where('g.is_mine', '=', true)
    .where('g.state', '=', 'active')
    .where((e) => e.or([e('g.until_at', 'is', null), e('g.until_at', '>', now)]))
    .orderBy('r.name')
    .orderBy('r.id')
    .limit(limit)
    .execute();
}

/** A grant as doors show it; past its date it has expired, whatever the row says. */
export function grantView(row: GrantRow, now: number): Grant {
  const expired = row.state === 'active' && row.until_at !== null && row.until_at <= now;
  return {
    id: row.id,
    relationship: row.rel,
    isMine: row.is_mine,
    property: row.property,
    label: row.label,
    ...(row.value !== null && !expired && { value: row.value }),
    ...(row.item !== null && { item: row.item }),
    purpose: row.purpose,
    ...(row.until_at !== null && { until: row.until_at }),
    isEndless: row.until_at === null,
    ...(row.since_at !== null && { since: row.since_at }),
    ...(row.stopped_at !== null && { stoppedAt: row.stopped_at }),
    state: expired ? 'expired' : row.state,
  };
}

/** What I show, showed or shall show in these relationships, by grant. */
export async function myGrantsIn(view: View, home: HomeId, rels: readonly string[]): Promise<GrantRow[]> {
  return rels.length === 0
    ? []
    : tables<GrantTables>(view)
        .selectFrom('grants')
        .selectAll()
        .where('home_id', '=', home)
        .where('rel', 'in', rels)
        .where('is_mine', '=', true)
        .orderBy('id')
        .execute();
}
