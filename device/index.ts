export type { Failure, Result } from '../src/kernel/result.ts';
export { entryOf } from '../src/vault/catalogue.ts';
export { inOrder } from '../src/vault/in-order.ts';
export { placeOf } from '../src/vault/values.ts';
export { acceptNone, forgetVault, NOTHING, type SetBack, setBackTo } from './accept.ts';
export type { Told } from './change.ts';
export { forgetTheirs } from './compared.ts';
export { categoryDowngraded, shownOther, vaultBroken } from './failures.ts';
export type { SealedFile } from './file-items.ts';
export type { Begun, NewFile } from './files.ts';
export { forgetHandle } from './forget.ts';
export { splitPassphrase } from './halves.ts';
export { categoryInTheClear, categoryMoving, closedHere, refuseInTheClear } from './in-the-clear.ts';
export type { Put } from './input.ts';
export type { VaultItem } from './items.ts';
export { rememberTry } from './known.ts';
export type { Wanted } from './listing.ts';
export { CATEGORIES } from './names.ts';
export type { By } from './open.ts';
export {
  isSplitThere,
  newPassphrase,
  passphraseFor,
  readRecoveryCode,
} from './passphrase.ts';
export type { Progress } from './seal-category.ts';
export { inputToSend, secretsIn } from './sent.ts';
export type { Cost, Remembered, Surroundings, Whose } from './surroundings.ts';
export { acceptVault, beginVault, openVault, type Vault } from './vault.ts';
