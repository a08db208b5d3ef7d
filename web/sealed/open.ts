import {
  type By,
  beginVault,
  categoryDowngraded,
  openVault,
  type Vault,
  vaultBroken,
  type Whose,
} from '../../device/index.ts';
import type { VaultShown } from '../api/shapes.ts';
import { answerSealed } from './answers.ts';
import { keepOpen, lock, openVaultNow, tell } from './keeper.ts';
import { failureHere, taken } from './results.ts';
import { here } from './surroundings.ts';
import { contradicted } from './truth.ts';

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

/** Takes over what another device or tab has written. What does not fit is locked, and said. */
export async function takeOver(vault: Vault, shown: VaultShown): Promise<boolean> {
  if (openVaultNow() !== vault) return false;
  const odd = contradicted(shown, vault);
  if (odd) {
    lock(
      failureHere(odd === 'ways' ? vaultBroken('the ways to open it are others') : categoryDowngraded(odd)),
    );
    return false;
  }
  if (shown.vault && vault.counter() >= shown.vault.counter) return false;
  const reloaded = await vault.reload();
  if (reloaded.ok) tell();
  // A node that could not be reached says nothing of the vault.
  else if (reloaded.code !== 'node-unreachable') lock(failureHere(reloaded));
  return reloaded.ok;
}
