import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { noVault } from './failures.ts';
import { showVault } from './node.ts';
import { type By, openSession } from './open.ts';
import { isSplit, nameInMemory } from './passphrase.ts';
import type { Session } from './session.ts';
import type { Surroundings, Whose } from './surroundings.ts';
import { forgetAllTheirs } from './their-key.ts';

/**
 * What a device does when its owner says that the node has come back from a backup. It is the owner's word: to the device a
 * node that was set back and one that lies look alike.
 */

/** By how many changes the node shows less than this device has seen; undefined where it shows no less, or nothing. */
export async function changesMissing(s: Surroundings, { home }: Whose): Promise<Result<number | undefined>> {
  const known = await s.memory.recall(home);
  const shown = await showVault(s);
  if (isFailure(shown)) return shown;
  const missing = (known?.counter ?? 0) - (shown.value.vault?.counter ?? Number.POSITIVE_INFINITY);
  return ok(missing > 0 ? missing : undefined);
}

/**
 * Opens the vault as the node shows it, as a device would that has never seen it: whole, and by a way that its owner has. From
 * then on that is what this device remembers; what it remembers of other vaults, and which passphrases stay here, it keeps.
 */
export async function acceptSession(s: Surroundings, whose: Whose, by: By): Promise<Result<Session>> {
  const recall = async (name: string) => (name === whose.home ? undefined : s.memory.recall(name));
  const fresh = { ...s, memory: { ...s.memory, recall } };
  const session = await openSession(fresh, whose, by);
  return session.ok ? ok({ ...session.value, s }) : session;
}

/** Whether this device remembers a vault of somebody of whom the node shows none. Fails with `vault-none` where nobody knows one. */
export async function isGone(s: Surroundings, { home, handle }: Whose): Promise<Result<boolean>> {
  const shown = await showVault(s);
  if (isFailure(shown)) return shown;
  if (shown.value.vault) return ok(false);
  const isKnown = (await s.memory.recall(home)) !== undefined || (await isSplit(s, handle));
  return isKnown ? ok(true) : noVault();
}

/**
 * Forgets that this party has sealed anything, where the node is from before that. A passphrase that this device knows to stay
 * here is still never sent; the one from before is.
 */
export async function forgetVault(
  { memory }: Surroundings,
  { handle, home }: { readonly handle: string; readonly home?: string | undefined },
): Promise<void> {
  await memory.forget(nameInMemory(handle));
  if (home === undefined) return;
  await memory.forget(home);
  await forgetAllTheirs({ memory }, home);
}
