import type { Vault } from '../../../device/index.ts';
import type { ItemCategory, VaultShown } from '../../api/shapes.ts';
import type { Move } from '../../sealed/moves.ts';

/** How one kind of item is kept. */
export interface Stands {
  readonly category: ItemCategory;
  readonly mode: VaultShown['categories'][number]['mode'];
  /** How many there are; not known while some are locked. */
  readonly items: number | undefined;
  readonly served: number;
  readonly sealed: number | undefined;
  readonly move: Move | undefined;
  /** Something is sealed already, so a kind needs no new passphrase. */
  readonly isBegun: boolean;
  readonly isOpen: boolean;
}

/** Every kind, by what the node says, and what is open here. Pure. */
export function standsOf(
  shown: VaultShown,
  vault: Pick<Vault, 'categories'> | undefined,
  moves: ReadonlyMap<ItemCategory, Move>,
): Stands[] {
  const opened = new Map(vault?.categories().map((it) => [it.category, it.items]));
  return shown.categories.map(({ category, mode, served }) => {
    const sealed = mode === 'served' ? 0 : opened.get(category);
    return {
      ...{ category, mode, served, sealed },
      items: sealed === undefined ? undefined : served + sealed,
      move: moves.get(category),
      isBegun: shown.vault !== undefined,
      isOpen: vault !== undefined,
    };
  });
}
