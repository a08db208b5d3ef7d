import type { Vault } from '../../device/index.ts';
import type { ItemCategory, VaultShown } from '../api/shapes.ts';

/** What an open vault says of itself; each of it was held against its statement. */
type Told = Pick<Vault, 'counter' | 'categories' | 'ways'>;

type Stands = VaultShown['categories'][number];

const CLOSED: readonly Stands['mode'][] = ['sealing', 'sealed'];

/** Whether the node takes nothing of a kind that it could read. */
export function isClosed(mode: Stands['mode'] | undefined): boolean {
  return mode !== undefined && CLOSED.includes(mode);
}

/**
 * How what is sealed stands: who reads which kind, and what opens it, is said by the vault while it is open here, and only the
 * rest by the node. Pure.
 */
export function believed(shown: VaultShown, vault: Told | undefined): VaultShown {
  if (!vault) return shown;
  const said = new Map(shown.categories.map((it) => [it.category, it]));
  const octets = new Map(shown.ways.map((it) => [it.name, it.octets]));
  return {
    ...shown,
    categories: vault.categories().map(({ category, mode }) => {
      const { served = 0, sealed = 0 } = said.get(category) ?? {};
      return { category, mode, served, sealed };
    }),
    ways: vault.ways().map(({ name }) => ({ name, octets: octets.get(name) ?? '' })),
  };
}

/**
 * The kinds to which nothing may be written in the clear: while it is shut, those that this browser remembers as well, also where
 * the node leaves them out of what it shows. Pure.
 */
export function closedOf(
  shown: VaultShown | undefined,
  remembered: readonly ItemCategory[],
): readonly ItemCategory[] {
  const stands = shown?.categories ?? [];
  const said = stands.filter(({ mode }) => isClosed(mode)).map((it) => it.category);
  return [...new Set([...said, ...remembered])];
}

/**
 * What the node shows otherwise than the vault says, though both speak of the same moment: a kind, or the ways. It may end a
 * sealing by itself, since it sees the last item go. Pure.
 */
export function contradicted(shown: VaultShown, vault: Told): ItemCategory | 'ways' | undefined {
  if (shown.vault?.counter !== vault.counter()) return undefined;
  const modes = new Map(shown.categories.map((it) => [it.category, it.mode]));
  for (const { category, mode } of vault.categories()) {
    const now = modes.get(category) ?? 'served';
    if (now !== mode && !(mode === 'sealing' && now === 'sealed')) return category;
  }
  const names = new Set(vault.ways().map((it) => it.name));
  const isSame = shown.ways.length === names.size && shown.ways.every((it) => names.has(it.name));
  return isSame ? undefined : 'ways';
}
