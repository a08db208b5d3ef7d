import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Vault } from '../../device/index.ts';
import { useAsk } from '../api/queries.ts';
import { transfersBeside } from '../files/beside.ts';
import { takeBrought } from './brought.ts';
import { lock, useVault } from './keeper.ts';
import { areMoving } from './moves.ts';
import { useSealed, useUnlock } from './use-sealed.ts';

/** Nobody has touched the page for so long. */
const IDLE_MS = 15 * 60_000;
const LOOK_MS = 20_000;

/** Whatever was read of My data stands in these. */
const READ: ReadonlySet<unknown> = new Set(['list-items', 'list-tags', 'item-history', 'list-files']);

/** Locks what is sealed when its owner goes away, forgets what was read of it, and follows what other devices write. */
export function useKeeper({
  id: home,
  handle,
}: {
  readonly id?: string;
  readonly handle?: string;
} = {}): void {
  const client = useQueryClient();
  const vault = useVault();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another party, or none, finds it locked
  useEffect(() => () => lock(), [home]);
  useEffect(() => forgetOnLock(client, vault), [client, vault]);
  useEffect(() => (vault ? lockWhenIdle() : undefined), [vault]);
  useOthersWrites(client, vault);
  useOpenedBySigningIn(handle);
}

/** Where it does not open, its owner is asked in My data, and told why. */
function useOpenedBySigningIn(handle: string | undefined): void {
  const { isLocked } = useSealed();
  const { run } = useUnlock();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was brought is tried once
  useEffect(() => {
    const by = isLocked && handle !== undefined ? takeBrought(handle) : undefined;
    if (by) void run(by);
  }, [isLocked, handle]);
}

/** Opened or locked, the lists are others. */
function forgetOnLock(client: QueryClient, vault: Vault | undefined): (() => void) | undefined {
  if (!vault) return undefined;
  const forget = () => void client.resetQueries({ predicate: ({ queryKey }) => READ.has(queryKey[0]) });
  forget();
  return () => {
    forget();
    transfersBeside()?.forgetSealed();
  };
}

function lockWhenIdle(): () => void {
  let used = Date.now();
  const use = () => {
    used = Date.now();
  };
  const look = () => {
    if (areMoving() || transfersBeside()?.areRunning()) use();
    if (Date.now() - used >= IDLE_MS) lock();
  };
  const timer = window.setInterval(look, LOOK_MS);
  // A machine that slept has run no timer.
  document.addEventListener('visibilitychange', look);
  const uses = ['pointerdown', 'keydown', 'wheel'] as const;
  for (const event of uses) window.addEventListener(event, use, { passive: true });
  return () => {
    window.clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
    for (const event of uses) window.removeEventListener(event, use);
  };
}

function useOthersWrites(client: QueryClient, vault: Vault | undefined): void {
  const shown = useAsk('show-vault', {}, { off: !vault }).data;
  useEffect(() => {
    if (!vault || !shown?.vault) return;
    void import('./open.ts')
      .then(({ takeOver }) => takeOver(vault, shown))
      .then((isOther) => {
        if (isOther) return client.invalidateQueries({ predicate: ({ queryKey }) => READ.has(queryKey[0]) });
      })
      // Nothing was taken over: it is looked at again with the next answer.
      .catch(console.error);
  }, [client, vault, shown]);
}
