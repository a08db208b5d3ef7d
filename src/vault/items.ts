import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { View } from '../storage/index.ts';
import type { VaultDeps } from './category-keys.ts';
import { fitting } from './find.ts';
import { headsOf } from './heads.ts';
import { countHolders } from './holders.ts';
import type { Item, Kept } from './model.ts';
import { listKept } from './store.ts';
import { itemView } from './view.ts';

/** An item as other rooms read it. */
type KnownItem = Omit<Item, 'sharedWith'>;

const FOUND_AT_MOST = 200;

/** Items as doors show them, with how many others see each at this instant. */
export async function itemsOf(view: View, home: HomeId, all: readonly Kept[], now: Instant): Promise<Item[]> {
  const ids = all.map((kept) => kept.id);
  const holders = await countHolders(view, home, ids, now);
  return all.map((kept) => ({ ...itemView(kept), sharedWith: holders.get(kept.id) ?? 0 }));
}

/** These items of a party, in the order asked for; what is unknown or in the trash is left out. */
export async function getItems(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  ids: readonly string[],
): Promise<KnownItem[]> {
  const found = await listKept(view, deps, home, [...new Set(ids)]);
  return found.filter((kept) => kept.trashedAt === null).map(itemView);
}

/** The items of a party under one property, `schema:email` for instance, by label, at most 200. */
export async function findByProperty(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  property: string,
): Promise<KnownItem[]> {
  const heads = fitting(await headsOf(view, deps, home), { words: [], property }).slice(0, FOUND_AT_MOST);
  const found = await listKept(
    view,
    deps,
    home,
    heads.map((head) => head.id),
  );
  return found.map(itemView);
}
