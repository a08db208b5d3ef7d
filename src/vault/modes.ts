import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Failure, fail } from '../kernel/result.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { Category, type CategoryMode, type VaultTables } from './model.ts';

/** The mode of every category. */
export async function modesOf(view: View, home: HomeId): Promise<ReadonlyMap<Category, CategoryMode>> {
  const rows = await tables<VaultTables>(view)
    .selectFrom('sealed_categories')
    .select(['category', 'mode'])
    .where('home_id', '=', home)
    .execute();
  const modes = new Map<Category, CategoryMode>(Category.options.map((category) => [category, 'served']));
  for (const { category, mode } of rows) modes.set(category, mode);
  return modes;
}

/** Whether the node takes no plaintext of a category. Pure. */
export function isClosed(mode: CategoryMode | undefined): boolean {
  return mode === 'sealing' || mode === 'sealed';
}

/** `category-sealed` when the node takes no plaintext of one of these. */
export async function refuseSealed(tx: Tx, ...categories: readonly Category[]): Promise<Failure | undefined> {
  const modes = await modesOf(tx, tx.home);
  const closed = categories.find((category) => isClosed(modes.get(category)));
  return closed === undefined ? undefined : categorySealed(closed);
}

function categorySealed(category: Category): Failure {
  return fail(
    'category-sealed',
    `Only your own devices open ${WORDS[category]}: this node takes nothing of it that it could read. Nothing was changed.`,
    'Open My data in a browser or on the command line with your passphrase, and change it there; or let the node read this category again.',
  );
}

const WORDS: Readonly<Record<Category, string>> = {
  contact: 'your contact data',
  address: 'your addresses',
  size: 'your sizes',
  preference: 'your preferences',
  note: 'your notes',
  other: 'what has a name of your own',
  file: 'your files',
};

export async function setMode(tx: Tx, category: Category, mode: CategoryMode, since: Instant): Promise<void> {
  const db = tables<VaultTables>(tx);
  if (mode === 'served') {
    await db
      .deleteFrom('sealed_categories')
      .where('home_id', '=', tx.home)
      .where('category', '=', category)
      .execute();
    return;
  }
  await db
    .insertInto('sealed_categories')
    .values({ home_id: tx.home, category, mode, since })
    .onConflict((c) => c.columns(['home_id', 'category']).doUpdateSet({ mode, since }))
    .execute();
}

/**
 * A category that is being sealed is sealed with its last row here; then the keys under which the node had it are erased, so
 * that what an old page of the database still holds opens no more.
 */
export async function settleSealing(tx: Tx, category: Category, now: Instant): Promise<void> {
  const db = tables<VaultTables>(tx);
  if ((await modesOf(tx, tx.home)).get(category) !== 'sealing') return;
  const left = await db
    .selectFrom('item_heads')
    .select('block')
    .where('home_id', '=', tx.home)
    .where('category', '=', category)
    .limit(1)
    .executeTakeFirst();
  if (left) return;
  await setMode(tx, category, 'sealed', now);
  await db
    .deleteFrom('category_keys')
    .where('home_id', '=', tx.home)
    .where('category', '=', category)
    .execute();
}
