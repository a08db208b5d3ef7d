import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import {
  appendRecord,
  findRelationship,
  type RelationshipDeps,
  type RelationshipRow,
  type RelationshipTables,
  relationshipFor,
} from '../relationships/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { getItems, type VaultTables } from '../vault/index.ts';
import { giveSealed } from './give.ts';
import { GRANT_LIMITS } from './limits.ts';
import type { GrantRow, GrantTables } from './model.ts';
import { tellOpenings } from './open-grant.ts';
import { isReceiptDue, mayGiveNewer } from './standing-rules.ts';
import { getGrantRow, updateGrant } from './store.ts';
import { theirKey } from './their-key.ts';
import { valueGiven } from './values.ts';

const NOTHING_DUE = ok('nothing is due');

type Grants = GrantTables & Pick<RelationshipTables, 'relationships'>;
type Followed = Grants & Pick<VaultTables, 'items'>;

/** Grants in relationships in which something can be signed now. */
function speaking(view: View) {
  return tables<Grants>(view)
    .selectFrom('grants as g')
    .innerJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 'g.home_id').onRef('r.id', '=', 'g.rel'),
    )
    .where('r.reconciling_at', 'is', null)
    .where((e) => e.or([e('r.ended_by', 'is', null), e('r.ended_by', '!=', 'sample')]));
}

/** What is erased here, and its giver has not been told so. */
const undeleted = (view: View) => speaking(view).where('g.deletion', '=', 'due');

/** What was opened more often than has been told, an hour after the last receipt or once it is over. */
const untold = (view: View, now: Instant) =>
  speaking(view)
    .where('g.untold', '>', 0)
    .where('g.is_mine', '=', false)
    .where((e) =>
      e.or([
        e('g.told_at', 'is', null),
        e('g.told_at', '<=', now - GRANT_LIMITS.receiptEveryMs),
        e('g.told_at', '>', now),
        e('g.state', '=', 'stopped'),
        e('g.times', 'is not', null),
      ]),
    );

/** What follows an item of mine that has changed since it was given. */
const outdated = (view: View, now: Instant) =>
  tables<Followed>(view)
    .selectFrom('grants as g')
    .innerJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 'g.home_id').onRef('r.id', '=', 'g.rel'),
    )
    .innerJoin('items as i', (join) => join.onRef('i.home_id', '=', 'g.home_id').onRef('i.id', '=', 'g.item'))
    .where('g.is_following', '=', true)
    .where('g.state', '=', 'active')
    .where('g.is_mine', '=', true)
    .where('g.version', '>', 0)
    .where('r.reconciling_at', 'is', null)
    .where('r.state', '=', 'active')
    .whereRef('i.version', '>', 'g.item_version')
    .where('i.is_trashed', '=', false)
    .where((e) => e.or([e('g.until_at', 'is', null), e('g.until_at', '>', now)]));

/** Homes in which something of this kind is to be said. */
export async function homesWithUnsaid(view: View, now: Instant): Promise<HomeId[]> {
  const homes = new Set<HomeId>();
  for (const rows of [
    await undeleted(view).select('g.home_id').distinct().execute(),
    await untold(view, now).select('g.home_id').distinct().execute(),
    await outdated(view, now).select('g.home_id').distinct().execute(),
  ])
    for (const row of rows) homes.add(row.home_id);
  return [...homes].sort();
}

/** Says what is to be said of grants: newer values, openings, deletions. Twice is once. */
export async function sayUnsaid(deps: RelationshipDeps, home: HomeId): Promise<void> {
  const now = deps.clock.now();
  const limit = GRANT_LIMITS.atOnce;
  const found = await deps.storage.read(async (view) => ({
    newer: await outdated(view, now).where('g.home_id', '=', home).select('g.id').limit(limit).execute(),
    opened: await untold(view, now).where('g.home_id', '=', home).select('g.id').limit(limit).execute(),
    erased: await undeleted(view)
      .where('g.home_id', '=', home)
      .select('g.rel')
      .distinct()
      .limit(limit)
      .execute(),
  }));
  const each = (act: (tx: Tx) => Promise<Result<unknown>>): Promise<void> => goOn(deps, home, act);
  for (const { id } of found.newer) await each((tx) => giveNewer(tx, deps, id));
  for (const { id } of found.opened) await each((tx) => tellOne(tx, deps, id));
  for (const { rel } of found.erased) await each((tx) => stateErased(tx, deps, rel));
}

/** What goes wrong with one of them stops no other one: it stays due. */
async function goOn(
  deps: RelationshipDeps,
  home: HomeId,
  act: (tx: Tx) => Promise<Result<unknown>>,
): Promise<void> {
  try {
    const done = await deps.storage.transact(home, act);
    if (isFailure(done)) deps.log('grants.held');
  } catch {
    deps.log('grants.stumbled');
  }
}

/** Gives the value that an item has now, where it is another one than they have. */
async function giveNewer(tx: Tx, deps: RelationshipDeps, id: string): Promise<Result<unknown>> {
  const row = await getGrantRow(tx, tx.home, id);
  const open = row && (await relationshipFor(tx, row.rel, 'speak'));
  if (!row || !mayGiveNewer({ ...row, until: row.until_at }, deps.clock.now())) return NOTHING_DUE;
  if (row.item === null || !open?.ok) return NOTHING_DUE;
  const [item] = await getItems(tx, deps, tx.home, [row.item]);
  const key = await theirKey(tx, tx.home, row.rel);
  if (!item || !key || item.version === row.item_version) return NOTHING_DUE;
  const isOther = await isNews(tx, deps, open.value, row, item);
  const giving = { row, value: item.value, label: item.label, version: (row.version ?? 0) + 1 };
  const given = isOther ? await giveSealed(tx, deps, open.value, giving, key) : ok('');
  // Until it can be signed, as on a copy that is not in use, it stays due.
  if (isFailure(given)) return given;
  await updateGrant(tx, id, { item_version: item.version });
  return ok('given');
}

/** Something of another kind under the same item is not what was given. */
async function isNews(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  row: GrantRow,
  item: { readonly property: string; readonly value: string; readonly label: string },
): Promise<boolean> {
  if (item.property !== row.property) return false;
  return (await valueGiven(tx, deps, tx.home, relationship, row)) !== item.value || item.label !== row.label;
}

async function tellOne(tx: Tx, deps: RelationshipDeps, id: string): Promise<Result<unknown>> {
  const row = await getGrantRow(tx, tx.home, id);
  if (!row) return NOTHING_DUE;
  const openings = { untold: row.untold, toldAt: row.told_at };
  const isDue = isReceiptDue(openings, deps.clock.now(), row.state === 'stopped' || row.times !== null);
  return isDue ? tellOpenings(tx, deps, row) : NOTHING_DUE;
}

/** One statement for all that was erased in a relationship since the last. */
async function stateErased(tx: Tx, deps: RelationshipDeps, rel: string): Promise<Result<unknown>> {
  const row = await findRelationship(tx, tx.home, rel);
  const open = await relationshipFor(tx, rel, 'settle');
  if (!row || !open.ok) return NOTHING_DUE;
  const due = await tables<GrantTables>(tx)
    .selectFrom('grants')
    .select(['id', 'stopped_at'])
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('deletion', '=', 'due')
    .orderBy('id')
    .limit(GRANT_LIMITS.perStatement)
    .execute();
  if (due.length === 0) return NOTHING_DUE;
  const deletedAt = Math.max(...due.map((it) => it.stopped_at ?? 0));
  const content = {
    ...{ grants: due.map((it) => it.id), deletedAt, what: 'erased', words: '', until: null },
  };
  return appendRecord(tx, deps, open.value, 'grant-deleted', content);
}
