import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { By, Vault } from '../../device/index.ts';
import type { Failure } from '../api/failure.ts';
import { useAsk } from '../api/queries.ts';
import type { ItemCategory, VaultShown } from '../api/shapes.ts';
import { useWork } from '../api/work.ts';
import { useForgotten, useMoment, useVault } from './keeper.ts';
import { believed, closedOf } from './truth.ts';

interface Sealed {
  /** As the node says, and the open vault where it knows better. */
  shown: VaultShown | undefined;
  failure: Failure | undefined;
  again: () => void;
  /** Both the node and this browser have said how it stands: before that nothing is added that may have to stay here. */
  isKnown: boolean;
  /** Open on this page. */
  vault: Vault | undefined;
  /** There is a vault, and it is shut here. */
  isLocked: boolean;
  /** The kinds of which at least a part is sealed. */
  kinds: readonly ItemCategory[];
  /** Those of which the node takes nothing that it could read. */
  closed: readonly ItemCategory[];
  /** Those of which nothing is left that it could find. */
  alone: readonly ItemCategory[];
}

/** How what is sealed stands, and whether it is open here. */
export function useSealed(): Sealed {
  const { data, failure, again } = useAsk('show-vault', {});
  const vault = useVault();
  useMoment();
  const remembered = useRemembered(vault);
  const shown = data && believed(data, vault);
  const closed = closedOf(shown, remembered ?? []);
  const stands = shown?.categories ?? [];
  const isMoving = (kind: ItemCategory) => stands.some((it) => it.category === kind && it.mode === 'sealing');
  const moved = stands.filter((it) => it.mode !== 'served').map((it) => it.category);
  return {
    ...{ shown, failure, again, vault, closed },
    isKnown: shown !== undefined && (vault !== undefined || remembered !== undefined),
    isLocked: (data?.vault !== undefined || (remembered ?? []).length > 0) && !vault,
    alone: closed.filter((kind) => !isMoving(kind)),
    kinds: [...new Set([...moved, ...closed])],
  };
}

/** The kinds that this browser remembers to be sealed: what it is told while they are locked, it cannot check. */
function useRemembered(vault: Vault | undefined): readonly ItemCategory[] | undefined {
  const { id, handle } = useAsk('who-am-i', {}).data?.acting ?? {};
  const [remembered, setRemembered] = useState<readonly ItemCategory[]>();
  const forgotten = useForgotten();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was forgotten is not remembered any more.
  useEffect(() => {
    let isOver = false;
    setRemembered(undefined);
    if (vault || id === undefined || handle === undefined) return;
    void import('./putting.ts')
      .then((it) => it.rememberedOf({ home: id, handle }))
      .then((it) => {
        if (!isOver) setRemembered(it);
      });
    return () => {
      isOver = true;
    };
  }, [vault, id, handle, forgotten]);
  return remembered;
}

/** Opens what is sealed, in one of the ways. */
export function useUnlock() {
  const client = useQueryClient();
  const party = useAsk('who-am-i', {}).data?.acting;
  return useWork(async (by: By) => {
    if (!party) return undefined;
    // What opens is held against what the node says now.
    await client.invalidateQueries({ queryKey: ['show-vault'] });
    const { openHere } = await import('./open.ts');
    return openHere({ home: party.id, handle: party.handle }, by);
  });
}
