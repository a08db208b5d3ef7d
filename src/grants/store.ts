import type { HomeId } from '../kernel/ids.ts';
import type { PartyTables } from '../parties/index.ts';
import type { RelationshipTables } from '../relationships/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { GrantRow, GrantTables } from './model.ts';

type Named = 'id' | 'rel' | 'is_mine' | 'property' | 'label' | 'item' | 'purpose' | 'until_at' | 'state';

/** What nobody has said yet of a grant. */
const UNSAID: Omit<GrantRow, Named | 'home_id'> = {
  ...{ value: null, since_at: null, stopped_at: null, record: null, version: null, epoch: null },
  ...{ carrier: null, planned: null, is_following: null, item_version: null, times: null },
  ...{ stopped_by: null, stop_record: null, opens: 0, untold: 0, opened_at: null, opened_by: null },
  ...{ told_at: null, deletion: null, deleted_at: null, deletion_words: null, kept_until: null },
};

export async function insertGrant(
  tx: Tx,
  row: Pick<GrantRow, Named> & Partial<Omit<GrantRow, 'home_id'>>,
): Promise<void> {
  await tables<GrantTables>(tx)
    .insertInto('grants')
    .values({ ...UNSAID, ...row, home_id: tx.home })
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

/** What is given of mine and follows an item. */
async function followingOnes(tx: Tx): Promise<Pick<GrantRow, 'id' | 'item' | 'property'>[]> {
  return tables<GrantTables>(tx)
    .selectFrom('grants')
    .select(['id', 'item', 'property'])
    .where('home_id', '=', tx.home)
    .where('is_mine', '=', true)
    .where('is_following', '=', true)
    .where('state', 'in', ['planned', 'active'])
    .orderBy('id')
    .execute();
}

/** From now on no newer values of these items go out: who has one has it as it is. Answers how many grants that were. */
export async function endFollowing(
  tx: Tx,
  of: (item: { readonly id: string; readonly property: string }) => boolean,
): Promise<number> {
  const rows = (await followingOnes(tx)).filter(({ item, property }) => of({ id: item ?? '', property }));
  for (const { id } of rows) await updateGrant(tx, id, { is_following: false });
  return rows.length;
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

/** How much of mine waits to go out in one relationship. */
export async function countPlanned(view: Tx, rel: string): Promise<number> {
  const row = await tables<GrantTables>(view)
    .selectFrom('grants')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', view.home)
    .where('rel', '=', rel)
    .where('state', '=', 'planned')
    .executeTakeFirstOrThrow();
  return row.total;
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
