import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { By, Vault } from '../../device/index.ts';
import { type Failure, failureOf } from '../api/failure.ts';
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
  const { remembered, failure: forgot, again: recall } = useRemembered(vault);
  const shown = data && believed(data, vault);
  const closed = closedOf(shown, remembered ?? []);
  const stands = shown?.categories ?? [];
  const isMoving = (kind: ItemCategory) => stands.some((it) => it.category === kind && it.mode === 'sealing');
  const moved = stands.filter((it) => it.mode !== 'served').map((it) => it.category);
  return {
    ...{ shown, vault, closed, failure: failure ?? forgot, again: failure ? again : recall },
    isKnown: shown !== undefined && (vault !== undefined || remembered !== undefined),
    isLocked: (data?.vault !== undefined || (remembered ?? []).length > 0) && !vault,
    alone: closed.filter((kind) => !isMoving(kind)),
    kinds: [...new Set([...moved, ...closed])],
  };
}

interface Known {
  remembered?: readonly ItemCategory[];
  failure?: Failure;
}

/** The kinds that this browser remembers to be sealed: what it is told while they are locked, it cannot check. */
function useRemembered(vault: Vault | undefined) {
  const { id, handle } = useAsk('who-am-i', {}).data?.acting ?? {};
  const [{ remembered, failure }, setKnown] = useState<Known>({});
  const [tries, setTries] = useState(0);
  const forgotten = useForgotten();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was forgotten is not remembered any more.
  useEffect(() => {
    let isOver = false;
    setKnown({});
    if (vault || id === undefined || handle === undefined) return;
    import('./putting.ts')
      .then((it) => it.rememberedOf({ home: id, handle }))
      .then(
        (it) => ({ remembered: it }),
        (error) => ({ failure: failureOf(error) }),
      )
      .then((it) => {
        if (!isOver) setKnown(it);
      });
    return () => {
      isOver = true;
    };
  }, [vault, id, handle, forgotten, tries]);
  return { remembered, failure, again: () => setTries(tries + 1) };
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
