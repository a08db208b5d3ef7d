import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { forgetAllTheirs } from './compared.ts';
import { digestOf } from './crypto.ts';
import { noVault, shownOther } from './failures.ts';
import { type Shown, showVault } from './node.ts';
import { forgetNone, isNoneAgreed, type Named, namesOfNone, rememberNone } from './none.ts';
import { type By, openSession } from './open.ts';
import { isSplit, nameInMemory } from './passphrase.ts';
import type { Session } from './session.ts';
import type { Surroundings, Whose } from './surroundings.ts';

/**
 * What a device does when its owner says that the node has come back from a backup. It is the owner's word: to the device a
 * node that was set back and one that lies look alike.
 */

/** What a node shows where this device has seen more: its owner agrees to this, and to nothing else. */
export interface SetBack {
  /** One word for it, by counter and digest; `NOTHING` where it shows no vault. */
  readonly shown: string;
  /** By how many changes that is less than this device has seen; undefined where it is no less, or nothing. */
  readonly missing: number | undefined;
  /** Its owner has agreed here that there is none, so that this device does not know from when it is. */
  readonly isAfterNone: boolean;
}

export const NOTHING = 'none';

async function nameOf({ vault }: Shown): Promise<string> {
  return vault ? `${vault.counter}.${await digestOf(vault.statement)}` : NOTHING;
}

/** Fails with `vault-none` where there is none and this device has never seen one. */
export async function setBackTo(s: Surroundings, whose: Whose): Promise<Result<SetBack>> {
  const { home, handle } = whose;
  const known = await s.memory.recall(home);
  const shown = await showVault(s);
  if (isFailure(shown)) return shown;
  const { vault } = shown.value;
  if (!vault && !known && !(await isSplit(s, handle))) return noVault();
  const missing = (known?.counter ?? 0) - (vault?.counter ?? Number.POSITIVE_INFINITY);
  const isAfterNone = vault !== undefined && !known && (await isNoneAgreed(s, whose));
  return ok({ shown: await nameOf(shown.value), missing: missing > 0 ? missing : undefined, isAfterNone });
}

/**
 * Opens the vault as the node shows it, as a device would that has never seen it: whole, and by a way that its owner has. From
 * then on that is what this device remembers; what it remembers of other vaults, and which passphrases stay here, it keeps. Fails
 * with `shown-other` where the node shows anything else than what was agreed to.
 */
export async function acceptSession(
  s: Surroundings,
  whose: Whose,
  by: By,
  agreed: string,
): Promise<Result<Session>> {
  const held = [whose.home, ...namesOfNone(whose)];
  const recall = async (name: string) => (held.includes(name) ? undefined : s.memory.recall(name));
  const call: Surroundings['call'] = async (operation, input) => {
    const answer = await s.call(operation, input);
    if (operation !== 'show-vault' || isFailure(answer)) return answer;
    const shown = await showVault({ call: async () => answer });
    return isFailure(shown) || (await nameOf(shown.value)) === agreed ? answer : shownOther();
  };
  const fresh = { ...s, call, memory: { ...s.memory, recall } };
  const session = await openSession(fresh, whose, by);
  return session.ok ? ok({ ...session.value, s }) : session;
}

/**
 * Goes on from a node that is from before this party has sealed anything. A passphrase that this device knows to stay here is
 * still never sent, the one from before is; and no recovery code is. A vault that the node shows later is one to be accepted.
 */
export async function acceptNone(s: Surroundings, whose: Named): Promise<void> {
  // First: stopped in between, a device that remembers neither would open whatever is shown.
  await rememberNone(s, whose);
  await forgetSeen(s, whose);
}

/** Forgets that this party has sealed anything: it is gone. */
export async function forgetVault(s: Surroundings, gone: Named): Promise<void> {
  await forgetSeen(s, gone);
  await forgetNone(s, gone);
}

async function forgetSeen({ memory }: Surroundings, { handle, home }: Named): Promise<void> {
  await memory.forget(nameInMemory(handle));
  if (home === undefined) return;
  await memory.forget(home);
  await forgetAllTheirs({ memory }, home);
}
