import { useQueryClient } from '@tanstack/react-query';
import { Failed } from '../api/failure.ts';
import { useWork } from '../api/work.ts';
import { openVaultNow } from './keeper.ts';
import { taken } from './results.ts';

/** Erases an item that lies in the trash, with all its versions. */
export function useErase() {
  const client = useQueryClient();
  return useWork(async (id: string) => {
    const vault = openVaultNow();
    if (!vault) return false;
    const [refused] = taken(await vault.erase([id])).not;
    if (refused) throw new Failed(refused);
    await client.invalidateQueries();
    return true;
  });
}
