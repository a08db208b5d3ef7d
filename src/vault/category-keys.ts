import type { HomeId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { type VaultRoot, vaultRootOf } from '../parties/index.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import type { Category, VaultTables } from './model.ts';
import { type CategoryKey, unwrapCategoryKey, wrapCategoryKey } from './sealing.ts';

/** The keys of one home's categories, opened as they are asked for and kept as long as this object is. */
export interface Keyring {
  /** The key of a category at an epoch. */
  at(category: Category, epoch: number): Promise<CategoryKey>;
}

/** What it takes to open and seal. */
export type VaultDeps = Pick<BaseDeps, 'nodeKey' | 'random' | 'clock'>;

export function keyringOf(view: View, deps: VaultDeps, home: HomeId): Keyring {
  const keys = new Map<string, Uint8Array>();
  const roots = new Map<number, VaultRoot>();
  return {
    async at(category, epoch) {
      const of = { home, category, epoch };
      const name = `${category} ${epoch}`;
      const known = keys.get(name);
      if (known) return { ...of, key: known };
      const row = await tables<VaultTables>(view)
        .selectFrom('category_keys')
        .select(['root', 'wrapped', 'mode'])
        .where('home_id', '=', home)
        .where('category', '=', category)
        .where('epoch', '=', epoch)
        .executeTakeFirst();
      assert(row?.mode === 'served', 'only what the node may read is opened here');
      const root = roots.get(row.root) ?? (await vaultRootOf(view, deps.nodeKey, home, row.root));
      roots.set(row.root, root);
      const key = unwrapCategoryKey(root.key, row.wrapped, of);
      keys.set(name, key);
      return { ...of, key };
    },
  };
}

/**
 * The key under which a category is written now. The first item begins the first epoch; a served secret that was renewed
 * since begins another, so that whoever had the one before opens nothing that is written from then on.
 */
export async function keyInForce(tx: Tx, deps: VaultDeps, category: Category): Promise<CategoryKey> {
  const home = tx.home;
  const newest = await tables<VaultTables>(tx)
    .selectFrom('category_keys')
    .select(['epoch', 'root', 'wrapped', 'mode'])
    .where('home_id', '=', home)
    .where('category', '=', category)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
  const root = await vaultRootOf(tx, deps.nodeKey, home);
  if (newest?.root === root.number) {
    const of = { home, category, epoch: newest.epoch };
    return { ...of, key: unwrapCategoryKey(root.key, newest.wrapped, of) };
  }
  const key = { home, category, epoch: (newest?.epoch ?? 0) + 1, key: deps.random.bytes(32) };
  await tables<VaultTables>(tx)
    .insertInto('category_keys')
    .values({
      ...{ home_id: home, category, epoch: key.epoch, mode: 'served', root: root.number },
      ...{ wrapped: wrapCategoryKey(root.key, key, deps.random), made_at: deps.clock.now() },
    })
    .execute();
  return key;
}
