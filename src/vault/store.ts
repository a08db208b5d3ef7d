import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { type HeadChange, writeHeads } from './blocks.ts';
import { entryOf } from './catalogue.ts';
import { keyInForce, keyringOf, type VaultDeps } from './category-keys.ts';
import { fingerprint } from './fingerprint.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Category, Content, HowChanged, ItemRow, Kept, VaultTables, VersionRow } from './model.ts';
import { settleSealing } from './modes.ts';
import { type CategoryKey, openContent, sealContent } from './sealing.ts';
import { headOf } from './values.ts';
import { TRASH_MS } from './view.ts';

/** The topic that tells, after a commit, that an item has another value. */
export const ITEMS = 'items';

/** Rows of one statement that writes many; keeps its parameters under every engine's limit. */
const CHUNK = 200;

export async function getKept(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  id: string,
): Promise<Kept | undefined> {
  const [kept] = await listKept(view, deps, home, [id]);
  return kept;
}

/** These items, opened, in the order asked for; those that are not there are left out. */
export async function listKept(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  ids: readonly string[],
): Promise<Kept[]> {
  const keys = keyringOf(view, deps, home);
  const found = new Map<string, Kept>();
  for (const some of chunks([...new Set(ids)])) {
    const rows = await tables<VaultTables>(view)
      .selectFrom('items')
      .selectAll()
      .where('home_id', '=', home)
      .where('id', 'in', some)
      .execute();
    for (const row of rows) found.set(row.id, opened(await keys.at(row.category, row.epoch), row));
  }
  return ids.map((id) => found.get(id)).filter((kept) => kept !== undefined);
}

function opened(key: CategoryKey, row: ItemRow): Kept {
  const { id, version, created_at, updated_at, trashed_at } = row;
  const content = openContent(key, { id, version }, row);
  return { id, version, createdAt: created_at, updatedAt: updated_at, trashedAt: trashed_at, content };
}

export async function hasItem(view: View, home: HomeId, id: string): Promise<boolean> {
  const row = await tables<VaultTables>(view)
    .selectFrom('items')
    .select('id')
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many items there are, those in the trash included. */
export async function countItems(view: View, home: HomeId): Promise<number> {
  const { total } = await tables<VaultTables>(view)
    .selectFrom('items')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .executeTakeFirstOrThrow();
  return total;
}

/** Writes new items; without `how` their versions are written by themselves. */
export async function insertItems(
  tx: Tx,
  deps: VaultDeps,
  items: readonly Kept[],
  how?: HowChanged,
): Promise<void> {
  const changes = items.map((kept) => ({ id: kept.id, to: headTo(kept) }));
  const blocks = await writeHeads(tx, deps, changes);
  const keyOf = keysInForce(tx, deps);
  for (const some of chunks(items)) {
    const rows: ItemRow[] = [];
    for (const kept of some) rows.push(rowOf(deps, await keyOf(categoryOf(kept.content)), kept, blocks));
    const db = tables<VaultTables>(tx);
    await db.insertInto('items').values(rows).execute();
    if (how === undefined) continue;
    await db
      .insertInto('item_versions')
      .values(rows.map((row) => versionRow(row, how)))
      .execute();
  }
}

/**
 * Writes versions of items by themselves, `under` the category that the item is in now: the history of what was moved from
 * one category to another goes with it.
 */
export async function insertVersions(
  tx: Tx,
  deps: VaultDeps,
  versions: readonly (KeptVersion & { readonly item: string; readonly under: Category })[],
): Promise<void> {
  const keyOf = keysInForce(tx, deps);
  for (const some of chunks(versions)) {
    const rows: VersionRow[] = [];
    for (const { item, version, how, at, content, under } of some) {
      const key = await keyOf(under);
      const { category, epoch } = key;
      const sealed = sealContent(key, { id: item, version }, content, deps.random);
      rows.push({ home_id: tx.home, item, version, how, category, epoch, ...sealed, changed_at: at });
    }
    await tables<VaultTables>(tx).insertInto('item_versions').values(rows).execute();
  }
}

/** The keys under which each category is written now, asked for once each. */
function keysInForce(tx: Tx, deps: VaultDeps): (category: Category) => Promise<CategoryKey> {
  const keys = new Map<Category, CategoryKey>();
  return async (category) => {
    const key = keys.get(category) ?? (await keyInForce(tx, deps, category));
    keys.set(category, key);
    return key;
  };
}

/** Writes an item's next version; the oldest beyond the limit makes room. */
export async function updateItem(tx: Tx, deps: VaultDeps, kept: Kept, how: HowChanged): Promise<void> {
  const db = tables<VaultTables>(tx);
  const from = await whereIs(tx, kept.id);
  const blocks = await writeHeads(tx, deps, [{ id: kept.id, from, to: headTo(kept) }]);
  const key = await keyInForce(tx, deps, categoryOf(kept.content));
  const row = rowOf(deps, key, kept, blocks);
  const { home_id, id, ...changes } = row;
  tx.wake(ITEMS);
  await db.updateTable('items').set(changes).where('home_id', '=', home_id).where('id', '=', id).execute();
  await db.insertInto('item_versions').values(versionRow(row, how)).execute();
  await db
    .deleteFrom('item_versions')
    .where('home_id', '=', home_id)
    .where('item', '=', id)
    .where('version', '<=', kept.version - VAULT_LIMITS.versions)
    .execute();
}

async function whereIs(tx: Tx, id: string): Promise<{ category: Category; block: number }> {
  return tables<VaultTables>(tx)
    .selectFrom('items')
    .select(['category', 'block'])
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

function headTo(kept: Kept): HeadChange['to'] & {} {
  const { property, value } = kept.content;
  const head = headOf(kept.id, kept.content, kept.trashedAt, fingerprint(property, value));
  return { category: categoryOf(kept.content), head };
}

export function categoryOf({ property }: Pick<Content, 'property'>): Category {
  return entryOf(property).category;
}

function rowOf(deps: VaultDeps, key: CategoryKey, kept: Kept, blocks: ReadonlyMap<string, number>): ItemRow {
  const { id, version, content } = kept;
  return {
    home_id: key.home,
    id,
    category: key.category,
    epoch: key.epoch,
    version,
    ...sealContent(key, { id, version }, content, deps.random),
    block: blocks.get(id) ?? 0,
    created_at: kept.createdAt,
    updated_at: kept.updatedAt,
    is_trashed: kept.trashedAt !== null,
    trashed_at: kept.trashedAt,
  };
}

function versionRow(row: ItemRow, how: HowChanged): VersionRow {
  const { home_id, id, version, category, epoch, item_key, sealed } = row;
  return { home_id, item: id, version, how, category, epoch, item_key, sealed, changed_at: row.updated_at };
}

/** A version of an item, opened. */
export interface KeptVersion {
  readonly version: number;
  readonly how: HowChanged;
  readonly at: Instant;
  readonly content: Content;
}

/** Versions of an item, newest first, before a version. */
export async function listVersions(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  item: string,
  before: number | undefined,
  limit: number,
): Promise<KeptVersion[]> {
  let query = tables<VaultTables>(view)
    .selectFrom('item_versions')
    .selectAll()
    .where('home_id', '=', home)
    .where('item', '=', item);
  if (before !== undefined) query = query.where('version', '<', before);
  const rows = await query.orderBy('version', 'desc').limit(limit).execute();
  const keys = keyringOf(view, deps, home);
  const versions: KeptVersion[] = [];
  for (const row of rows) {
    const { version, how, changed_at } = row;
    const content = openContent(await keys.at(row.category, row.epoch), { id: item, version }, row);
    versions.push({ version, how, at: changed_at, content });
  }
  return versions;
}

/** Erases what left the trash by time. */
export async function eraseOldTrash(tx: Tx, deps: VaultDeps): Promise<void> {
  await eraseTrashed(tx, deps, deps.clock.now() - TRASH_MS);
}

/** Erases, with its history, what was put into the trash until an instant. Answers how many items that were. */
export async function eraseTrashed(tx: Tx, deps: VaultDeps, until: Instant): Promise<number> {
  const rows = await tables<VaultTables>(tx)
    .selectFrom('items')
    .select(['id', 'category', 'block'])
    .where('home_id', '=', tx.home)
    .where('is_trashed', '=', true)
    .where('trashed_at', '<=', until)
    .execute();
  await eraseItems(tx, deps, rows);
  return rows.length;
}

/** Erases items with their history, their heads and who holds them; a category that is being sealed may be sealed by that. */
export async function eraseItems(
  tx: Tx,
  deps: VaultDeps,
  rows: readonly Pick<ItemRow, 'id' | 'category' | 'block'>[],
): Promise<void> {
  if (rows.length === 0) return;
  const db = tables<VaultTables>(tx);
  await writeHeads(
    tx,
    deps,
    rows.map(({ id, category, block }) => ({ id, from: { category, block } })),
  );
  for (const some of chunks(rows.map((row) => row.id))) {
    await db.deleteFrom('item_versions').where('home_id', '=', tx.home).where('item', 'in', some).execute();
    await db.deleteFrom('item_holders').where('home_id', '=', tx.home).where('item', 'in', some).execute();
    await db.deleteFrom('items').where('home_id', '=', tx.home).where('id', 'in', some).execute();
  }
  for (const category of new Set(rows.map((row) => row.category)))
    await settleSealing(tx, category, deps.clock.now());
}

export function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) =>
    all.slice(i * CHUNK, (i + 1) * CHUNK),
  );
}
