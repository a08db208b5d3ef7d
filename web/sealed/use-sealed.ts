import type { By, Vault } from '../../device/index.ts';
import type { Failure } from '../api/failure.ts';
import { useAsk } from '../api/queries.ts';
import type { ItemCategory, VaultShown } from '../api/shapes.ts';
import { useWork } from '../api/work.ts';
import { useVault } from './keeper.ts';

interface Sealed {
  shown: VaultShown | undefined;
  failure: Failure | undefined;
  again: () => void;
  /** Open on this page. */
  vault: Vault | undefined;
  /** There is a vault, and it is shut here. */
  isLocked: boolean;
  /** The kinds of which at least a part is sealed. */
  kinds: readonly ItemCategory[];
  /** Those of which the node takes nothing that it could read. */
  closed: readonly ItemCategory[];
}

/** How what is sealed stands at the node, and whether it is open here. */
export function useSealed(): Sealed {
  const { data, failure, again } = useAsk('show-vault', {});
  const vault = useVault();
  const inModes = (modes: readonly string[]) =>
    (data?.categories ?? []).filter((it) => modes.includes(it.mode)).map((it) => it.category);
  return {
    ...{ shown: data, failure, again, vault },
    isLocked: data?.vault !== undefined && !vault,
    kinds: inModes(['sealing', 'sealed', 'serving']),
    closed: inModes(['sealing', 'sealed']),
  };
}

/** Opens what is sealed, in one of the ways. */
export function useUnlock() {
  const party = useAsk('who-am-i', {}).data?.acting;
  return useWork(async (by: By) => {
    if (!party) return undefined;
    const { openHere } = await import('./open.ts');
    return openHere({ home: party.id, handle: party.handle }, by);
  });
}
