import { useSyncExternalStore } from 'react';
import type { Vault } from '../../device/index.ts';
import { actingHandle } from '../api/acting.ts';
import { answerHere } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { forgetWorkedOut } from './argon2.ts';
import { forgetBrought } from './brought.ts';

/**
 * What is sealed and open in this page. It stands in memory alone: loading the page again, another address typed in, or
 * another tab, and it is locked.
 */
let open: Vault | undefined;
let lockedBy: Failure | undefined;
const watching = new Set<() => void>();

export function tell(): void {
  for (const watch of watching) watch();
}

function subscribe(watch: () => void): () => void {
  watching.add(watch);
  return () => watching.delete(watch);
}

/** The vault of whoever acts, where it is open. */
export function openVaultNow(): Vault | undefined {
  const handle = actingHandle();
  return handle === undefined || open?.whose.handle === handle ? open : undefined;
}

export function useVault(): Vault | undefined {
  return useSyncExternalStore(subscribe, openVaultNow);
}

/** Shows anew what the open vault says of itself, whenever it says something newer. */
export function useMoment(): void {
  useSyncExternalStore(subscribe, () => openVaultNow()?.counter());
}

let forgotten = 0;

/** What this browser remembers is another thing than before. */
export function tellForgotten(): void {
  forgotten++;
  tell();
}

/** Another number whenever something was forgotten. */
export function useForgotten(): number {
  return useSyncExternalStore(subscribe, () => forgotten);
}

/** Why it was locked, where its owner has not done so. */
export function useLockedBy(): Failure | undefined {
  return useSyncExternalStore(subscribe, () => lockedBy);
}

/** What it was opened with is not needed any more. */
function forgetHow(): void {
  forgetWorkedOut();
  forgetBrought();
}

/** Keeps a vault open, and has it answer in the node's place what is in it. */
export function keepOpen(vault: Vault, answer: Parameters<typeof answerHere>[0]): void {
  if (open !== vault) open?.close();
  open = vault;
  lockedBy = undefined;
  forgetHow();
  answerHere(answer);
  tell();
}

/** Forgets every key. */
export function lock(why?: Failure): void {
  if (!open) return;
  open.close();
  open = undefined;
  lockedBy = why;
  forgetHow();
  answerHere(undefined);
  tell();
}
