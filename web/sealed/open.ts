import { type By, beginVault, openVault, type Vault, type Whose } from '../../device/index.ts';
import { answerSealed } from './answers.ts';
import { keepOpen, lock, openVaultNow } from './keeper.ts';
import { taken } from './results.ts';
import { here } from './surroundings.ts';

/** Opens what is sealed, in this page and until it is locked. Throws `Failed`. */
export async function openHere(whose: Whose, by: By): Promise<Vault> {
  return openAs(taken(await openVault(here, whose, by)));
}

export function openAs(vault: Vault): Vault {
  keepOpen(vault, answerSealed);
  return vault;
}

/** Begins sealing: see `beginVault`. Throws `Failed`. */
export async function beginHere(beginning: Parameters<typeof beginVault>[1]): Promise<Vault> {
  return openAs(taken(await beginVault(here, beginning)).vault);
}

/** Takes over what another device or tab has written. What does not fit is locked. */
export async function takeOver(vault: Vault, counter: number): Promise<boolean> {
  if (openVaultNow() !== vault || vault.counter() >= counter) return false;
  const reloaded = await vault.reload();
  // A node that could not be reached says nothing of the vault.
  if (!reloaded.ok && reloaded.code !== 'node-unreachable') lock();
  return reloaded.ok;
}
