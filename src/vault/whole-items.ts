import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail } from '../kernel/result.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { type Keyring, keyInForce, keyringOf, type VaultDeps } from './category-keys.ts';
import { itemsFull, itemUnknown } from './failures.ts';
import type { Category, Content, HowChanged, VaultTables } from './model.ts';
import { modesOf } from './modes.ts';
import { openContent, sealContent } from './sealing.ts';
import { categoryOf, chunks, countItems, eraseItems, ITEMS, insertItems, insertVersions } from './store.ts';

/** An item with all that is kept of it, as it goes from the node to devices of its owner and back. */
export interface WholeItem {
  readonly id: string;
  readonly createdAt: Instant;
  readonly trashedAt: Instant | null;
  /** Oldest first; the last is in force. */
  readonly versions: readonly {
    readonly version: number;
    readonly how: HowChanged;
    readonly at: Instant;
    readonly content: Content;
  }[];
}

/** Items whole, one after the other, in the order asked for; what is not here is left out. */
export async function* wholeItems(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  ids: readonly string[],
): AsyncGenerator<WholeItem> {
  const keys = keyringOf(view, deps, home);
  for (const id of ids) {
    const item = await wholeItem(view, keys, home, id);
    if (item) yield item;
  }
}

async function wholeItem(
  view: View,
  keys: Keyring,
  home: HomeId,
  id: string,
): Promise<WholeItem | undefined> {
  const db = tables<VaultTables>(view);
  const row = await db
    .selectFrom('items')
    .select(['created_at', 'trashed_at'])
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const rows = await db
    .selectFrom('item_versions')
    .selectAll()
    .where('home_id', '=', home)
    .where('item', '=', id)
    .orderBy('version')
    .execute();
  const versions: WholeItem['versions'][number][] = [];
  for (const { version, how, changed_at: at, category, epoch, ...sealed } of rows) {
    const content = openContent(await keys.at(category, epoch), { id, version }, sealed);
    versions.push({ version, how, at, content });
  }
  return { id, createdAt: row.created_at, trashedAt: row.trashed_at, versions };
}

/**
 * Erases items that have been sealed, with their history, heads and holders. Fails with `item-unknown` when one has left
 * the trash meanwhile, and with `category-mode` when one is of a category that is not being sealed.
 */
export async function giveUpItems(
  tx: Tx,
  deps: VaultDeps,
  ids: readonly string[],
): Promise<Failure | undefined> {
  const modes = await modesOf(tx, tx.home);
  const rows: Pick<VaultTables['items'], 'id' | 'category' | 'block'>[] = [];
  for (const some of chunks([...new Set(ids)])) {
    const found = await tables<VaultTables>(tx)
      .selectFrom('items')
      .select(['id', 'category', 'block'])
      .where('home_id', '=', tx.home)
      .where('id', 'in', some)
      .execute();
    if (found.length < some.length) return itemUnknown();
    rows.push(...found);
  }
  if (rows.some((row) => modes.get(row.category) !== 'sealing')) return wrongMode('is not being sealed');
  await eraseItems(tx, deps, rows);
  return undefined;
}

export function wrongMode(what: string): Failure {
  return fail(
    'category-mode',
    `This category ${what}. Nothing was changed.`,
    'Look at My data again, and go on from there.',
  );
}

/**
 * Takes items back that were sealed, with their history. Fails with `category-mode` when one is of a category that is not
 * on its way back, `item-known` when one is here already, and `items-full`.
 */
export async function takeBackItems(
  tx: Tx,
  deps: VaultDeps,
  items: readonly WholeItem[],
): Promise<Failure | undefined> {
  const modes = await modesOf(tx, tx.home);
  const moved = items.map((item) => {
    const last = item.versions.at(-1);
    return last && { ...item, last, under: categoryOf(last.content) };
  });
  const whole = moved.filter((item) => item !== undefined);
  if (whole.some(({ under }) => modes.get(under) !== 'serving')) return wrongMode('is not on its way back');
  if (await isAnyHere(tx, items)) {
    return fail(
      'item-known',
      'One of these items is here already. Nothing was changed.',
      'Look at My data again, and go on from there.',
    );
  }
  if ((await countItems(tx, tx.home)) + whole.length > LIMITS.items) return itemsFull();
  await insertItems(
    tx,
    deps,
    whole.map(({ id, createdAt, trashedAt, last }) => {
      return { id, version: last.version, createdAt, updatedAt: last.at, trashedAt, content: last.content };
    }),
  );
  await insertVersions(
    tx,
    deps,
    whole.flatMap(({ id, versions, under }) => versions.map((it) => ({ ...it, item: id, under }))),
  );
  tx.wake(ITEMS);
  return undefined;
}

async function isAnyHere(tx: Tx, items: readonly WholeItem[]): Promise<boolean> {
  for (const some of chunks(items.map((item) => item.id))) {
    const found = await tables<VaultTables>(tx)
      .selectFrom('items')
      .select('id')
      .where('home_id', '=', tx.home)
      .where('id', 'in', some)
      .limit(1)
      .executeTakeFirst();
    if (found) return true;
  }
  return false;
}

/** How many items of each category are here, those in the trash included. */
export async function countServed(view: View, home: HomeId): Promise<ReadonlyMap<Category, number>> {
  const rows = await tables<VaultTables>(view)
    .selectFrom('item_heads')
    .select(['category', 'heads'])
    .where('home_id', '=', home)
    .execute();
  const counts = new Map<Category, number>();
  for (const { category, heads } of rows) counts.set(category, (counts.get(category) ?? 0) + heads);
  return counts;
}

/**
 * An item that was moved to another category has versions under the key of the one before. They go on with the item, under
 * the key of where it is now, before that of the other is erased.
 */
export async function rewrapMoved(tx: Tx, deps: VaultDeps, category: Category): Promise<void> {
  const keys = keyringOf(tx, deps, tx.home);
  const rows = await tables<VaultTables>(tx)
    .selectFrom('item_versions as v')
    .innerJoin('items as i', (join) => join.onRef('i.home_id', '=', 'v.home_id').onRef('i.id', '=', 'v.item'))
    .select(['v.item', 'v.version', 'v.epoch', 'v.item_key', 'v.sealed', 'i.category as now'])
    .where('v.home_id', '=', tx.home)
    .where('v.category', '=', category)
    .where('i.category', '!=', category)
    .execute();
  for (const { item, version, epoch, now, ...sealed } of rows) {
    const at = { id: item, version };
    const content = openContent(await keys.at(category, epoch), at, sealed);
    const key = await keyInForce(tx, deps, now);
    await tables<VaultTables>(tx)
      .updateTable('item_versions')
      .set({ category: now, epoch: key.epoch, ...sealContent(key, at, content, deps.random) })
      .where('home_id', '=', tx.home)
      .where('item', '=', item)
      .where('version', '=', version)
      .execute();
  }
}
