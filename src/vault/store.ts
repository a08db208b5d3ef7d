import { sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { fold } from './fold.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Category, HowChanged, ItemRow, VaultTables, VersionRow } from './model.ts';
import { readContent } from './values.ts';

/** The topic that tells, after a commit, that an item has another value. */
export const ITEMS = 'items';

/** Rows of one statement that writes many; keeps its parameters under every engine's limit. */
const CHUNK = 200;

export async function getItemRow(view: View, home: HomeId, id: string): Promise<ItemRow | undefined> {
  return tables<VaultTables>(view)
    .selectFrom('items')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

interface Filter {
  readonly words: readonly string[];
  readonly tag?: string | undefined;
  readonly only?: string | undefined;
  readonly category?: Category | undefined;
  readonly property?: string | undefined;
  /** Lists the trash instead: what was put there after this instant. */
  readonly trashedAfter?: Instant | undefined;
}

/** Items that fit, in the catalogue's order, after a place. */
export async function findItemRows(
  view: View,
  home: HomeId,
  filter: Filter,
  after: readonly [place: string, id: string] | undefined,
  limit: number,
): Promise<ItemRow[]> {
  let query = fitting(view, home, filter).selectAll();
  if (after) query = query.where(sql<boolean>`(place, id) > (${after[0]}, ${after[1]})`);
  return query.orderBy('place').orderBy('id').limit(limit).execute();
}

/** How many items fit. */
export async function countFitting(view: View, home: HomeId, filter: Filter): Promise<number> {
  const row = await fitting(view, home, filter)
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

function fitting(view: View, home: HomeId, filter: Filter) {
  let query = tables<VaultTables>(view)
    .selectFrom('items')
    .where('home_id', '=', home)
    .where('is_trashed', '=', filter.trashedAfter !== undefined);
  if (filter.trashedAfter !== undefined) query = query.where('trashed_at', '>', filter.trashedAfter);
  for (const word of filter.words)
    query = query.where(sql<boolean>`search like ${contains(word)} escape '!'`);
  if (filter.only !== undefined) query = query.where('id', '=', filter.only);
  if (filter.category) query = query.where('category', '=', filter.category);
  if (filter.property) query = query.where('property', '=', filter.property);
  if (filter.tag !== undefined) {
    const key = fold(filter.tag);
    query = query.where('id', 'in', (q) =>
      q.selectFrom('item_tags').select('item').where('home_id', '=', home).where('tag_key', '=', key),
    );
  }
  return query;
}

function contains(word: string): string {
  return `%${word.replaceAll(/[!%_]/g, '!$&')}%`;
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

/** Writes new items with their first version. */
export async function insertItems(tx: Tx, rows: readonly ItemRow[], how: HowChanged): Promise<void> {
  const db = tables<VaultTables>(tx);
  for (const some of chunks(rows)) {
    await db.insertInto('items').values(some).execute();
    await db
      .insertInto('item_versions')
      .values(some.map((row) => versionRow(row, how, row.updated_at)))
      .execute();
    const tags = some.flatMap(tagRows);
    for (const part of chunks(tags)) await db.insertInto('item_tags').values(part).execute();
  }
}

/** Writes an item's next version; the oldest beyond the limit makes room. */
export async function updateItem(tx: Tx, row: ItemRow, how: HowChanged, at: Instant): Promise<void> {
  const db = tables<VaultTables>(tx);
  const { home_id, id, ...changes } = row;
  tx.wake(ITEMS);
  await db.updateTable('items').set(changes).where('home_id', '=', home_id).where('id', '=', id).execute();
  await db
    .insertInto('item_versions')
    .values(versionRow(row, how, at))
    .execute();
  await db
    .deleteFrom('item_versions')
    .where('home_id', '=', home_id)
    .where('item', '=', id)
    .where('version', '<=', row.version - VAULT_LIMITS.versions)
    .execute();
  await db.deleteFrom('item_tags').where('home_id', '=', home_id).where('item', '=', id).execute();
  const tags = tagRows(row);
  if (tags.length > 0) await db.insertInto('item_tags').values(tags).execute();
}

/** Versions of an item, newest first, before a version. */
export async function listVersionRows(
  view: View,
  home: HomeId,
  item: string,
  before: number | undefined,
  limit: number,
): Promise<VersionRow[]> {
  let query = tables<VaultTables>(view)
    .selectFrom('item_versions')
    .selectAll()
    .where('home_id', '=', home)
    .where('item', '=', item);
  if (before !== undefined) query = query.where('version', '<', before);
  return query.orderBy('version', 'desc').limit(limit).execute();
}

/** Which of these values My data has already, by fingerprint; what lies in the trash does not count. */
export async function knownFingerprints(
  view: View,
  home: HomeId,
  fingerprints: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const some of chunks(fingerprints)) {
    const rows = await tables<VaultTables>(view)
      .selectFrom('items')
      .select(['fingerprint', 'is_trashed'])
      .where('home_id', '=', home)
      .where('fingerprint', 'in', some)
      .execute();
    // Asked for in SQL, the trash would tempt SQLite to walk all items for every chunk.
    for (const row of rows) if (!row.is_trashed) known.add(row.fingerprint);
  }
  return known;
}

export async function listTagRows(view: View, home: HomeId): Promise<{ tag: string; items: number }[]> {
  return tables<VaultTables>(view)
    .selectFrom('item_tags')
    .innerJoin('items', (j) =>
      j.onRef('items.home_id', '=', 'item_tags.home_id').onRef('items.id', '=', 'item_tags.item'),
    )
    .select((e) => [e.fn.min('tag').as('tag'), e.fn.countAll<number>().as('items')])
    .where('item_tags.home_id', '=', home)
    .where('items.is_trashed', '=', false)
    .groupBy('tag_key')
    .orderBy('tag_key')
    .limit(1_000)
    .execute();
}

/** Erases, with its history, what was put into the trash until an instant. Answers how many items that were. */
export async function eraseTrashed(tx: Tx, until: Instant): Promise<number> {
  const db = tables<VaultTables>(tx);
  const rows = await db
    .selectFrom('items')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('is_trashed', '=', true)
    .where('trashed_at', '<=', until)
    .execute();
  for (const some of chunks(rows.map((row) => row.id))) {
    await db.deleteFrom('item_versions').where('home_id', '=', tx.home).where('item', 'in', some).execute();
    await db.deleteFrom('item_tags').where('home_id', '=', tx.home).where('item', 'in', some).execute();
    await db.deleteFrom('item_holders').where('home_id', '=', tx.home).where('item', 'in', some).execute();
    await db.deleteFrom('items').where('home_id', '=', tx.home).where('id', 'in', some).execute();
  }
  return rows.length;
}

function versionRow(row: ItemRow, how: HowChanged, at: Instant): VersionRow {
  const { home_id, id, version, label, value, parts, note, tags } = row;
  return { home_id, item: id, version, how, label, value, parts, note, tags, changed_at: at };
}

function tagRows(row: ItemRow): VaultTables['item_tags'][] {
  const tags = readContent(row).tags;
  return tags.map((tag) => ({ home_id: row.home_id, tag_key: fold(tag), item: row.id, tag }));
}

export function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) =>
    all.slice(i * CHUNK, (i + 1) * CHUNK),
  );
}
