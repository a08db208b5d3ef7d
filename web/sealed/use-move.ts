import { useQueryClient } from '@tanstack/react-query';
import type { ItemCategory } from '../api/shapes.ts';
import { openVaultNow } from './keeper.ts';
import { moveAll } from './moves.ts';

/** Moves a kind of item; what is shown of it is read again when it ends, however it ends. */
export function useMove(): (category: ItemCategory, to: 'devices' | 'node') => Promise<number | undefined> {
  const client = useQueryClient();
  return async (category, to) => {
    const vault = openVaultNow();
    if (!vault) return undefined;
    const moved = await moveAll(vault, category, to);
    await client.invalidateQueries();
    return moved;
  };
}
