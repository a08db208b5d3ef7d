export type { Failure, Result } from '../src/kernel/result.ts';
export type { Told } from './change.ts';
export type { Put } from './input.ts';
export type { VaultItem } from './items.ts';
export { CATEGORIES } from './names.ts';
export type { By } from './open.ts';
export {
  newPassphrase,
  passphraseFor,
  readRecoveryCode,
  splitPassphrase,
} from './passphrase.ts';
export type { Progress } from './seal-category.ts';
export type { Cost, Remembered, Surroundings, Whose } from './surroundings.ts';
export {
  beginVault,
  openVault,
  type Vault,
  type Wanted,
} from './vault.ts';
