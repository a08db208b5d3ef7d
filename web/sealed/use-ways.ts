import { useQueryClient } from '@tanstack/react-query';
import { useWork } from '../api/work.ts';
import { openVaultNow } from './keeper.ts';
import { taken } from './results.ts';

/** Makes a passkey one of the ways to open what is sealed, by what it alone can tell. */
export function useAddWay() {
  const client = useQueryClient();
  return useWork(async (passkey: string, told: Uint8Array) => {
    const vault = openVaultNow();
    if (!vault) return false;
    taken(await vault.addPasskey(passkey, told));
    await client.invalidateQueries();
    return true;
  });
}

/** Takes a way off the list, by its name, with new keys for everything that is written from now on. */
export function useRemoveWay() {
  const client = useQueryClient();
  return useWork(async (way: string) => {
    const vault = openVaultNow();
    if (!vault) return false;
    taken(await vault.removeWay(way));
    await client.invalidateQueries();
    return true;
  });
}

export const WAY = 'way/passkey/';
export const wayOf = (passkey: string): string => WAY + passkey;
