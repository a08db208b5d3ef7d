import { type By, openVault, type Vault, type Whose } from '../../device/index.ts';
import { openVaultNow } from './keeper.ts';
import { taken } from './results.ts';
import { here } from './surroundings.ts';

/** With what is open here, or opened for this moment only. */
async function withVault<T>(whose: Whose, by: By, work: (vault: Vault) => Promise<T>): Promise<T> {
  const open = openVaultNow();
  if (open) return work(open);
  const vault = taken(await openVault(here, whose, by));
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

/** Another passphrase, here and at the node. Throws `Failed`. */
export function changeHere(whose: Whose, old: string, next: string): Promise<boolean> {
  return withVault(whose, { passphrase: old }, async (vault) => {
    taken(await vault.changePassphrase(old, next));
    return true;
  });
}

/** Makes the passphrase that was set anew at the node one that opens what is sealed. Throws `Failed`. */
export function adoptHere(whose: Whose, by: By, passphrase: string): Promise<boolean> {
  return withVault(whose, by, async (vault) => {
    taken(await vault.adoptPassphrase(passphrase));
    return true;
  });
}

/** A new recovery code, here and at the node. Throws `Failed`. */
export function renewCodeHere(
  whose: Whose,
  passphrase: string,
  written: (code: string) => Promise<boolean>,
): Promise<boolean> {
  return withVault(whose, { passphrase }, async (vault) => {
    taken(await vault.renewRecoveryCode(passphrase, written));
    return true;
  });
}
