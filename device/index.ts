export type { Failure, Result } from '../src/kernel/result.ts';
export { entryOf } from '../src/vault/catalogue.ts';
export { inOrder } from '../src/vault/in-order.ts';
export { placeOf } from '../src/vault/values.ts';
export type { Told } from './change.ts';
export type { SealedFile } from './files.ts';
export type { Put } from './input.ts';
export type { VaultItem } from './items.ts';
export type { Wanted } from './listing.ts';
export { CATEGORIES } from './names.ts';
export type { By } from './open.ts';
export {
  isSplitThere,
  newPassphrase,
  passphraseFor,
  readRecoveryCode,
  splitPassphrase,
  staysHere,
} from './passphrase.ts';
export type { Progress } from './seal-category.ts';
export type { Cost, Remembered, Surroundings, Whose } from './surroundings.ts';
export { beginVault, openVault, type Vault } from './vault.ts';
