import { useQueryClient } from '@tanstack/react-query';
import type { By } from '../../device/index.ts';
import { useAsk } from '../api/queries.ts';
import { useWork } from '../api/work.ts';

/** What changes the ways of whoever acts; everything shown is read again afterwards. */
function useForMe<Args extends unknown[]>(
  work: (whose: { home: string; handle: string }, ...args: Args) => Promise<boolean>,
) {
  const client = useQueryClient();
  const party = useAsk('who-am-i', {}).data?.acting;
  return useWork(async (...args: Args) => {
    if (!party) return undefined;
    const done = await work({ home: party.id, handle: party.handle }, ...args);
    await client.invalidateQueries();
    return done;
  });
}

export function useChangeHere() {
  return useForMe(async (whose, old: string, next: string) =>
    (await import('./passphrases.ts')).changeHere(whose, old, next),
  );
}

export function useAdoptHere() {
  return useForMe(async (whose, by: By, passphrase: string) =>
    (await import('./passphrases.ts')).adoptHere(whose, by, passphrase),
  );
}

export function useRenewCodeHere(written: (code: string) => Promise<boolean>) {
  return useForMe(async (whose, passphrase: string) =>
    (await import('./passphrases.ts')).renewCodeHere(whose, passphrase, written),
  );
}
