export { CATALOGUE, entryOf } from './catalogue.ts';
export { type Keyring, keyInForce, keyringOf, type VaultDeps } from './category-keys.ts';
export { fold, searchWords } from './fold.ts';
export { forgetHeads } from './heads.ts';
export { forgetHolder, noteHolder } from './holders.ts';
export { findByProperty, getItems } from './items.ts';
export {
  AddressParts,
  Category,
  CategoryMode,
  HowChanged,
  ItemOfDevice,
  note,
  PropertyName,
  tag,
  type VaultTables,
} from './model.ts';
export { modesOf, refuseSealed, setMode, settleSealing } from './modes.ts';
export { operations } from './operations.ts';
export { PutItem } from './put-item.ts';
export { sealPlainItems } from './seal-plain.ts';
export type { CategoryKey } from './sealing.ts';
export { eraseOldTrash, ITEMS } from './store.ts';
export {
  countServed,
  giveUpItems,
  rewrapMoved,
  takeBackItems,
  type WholeItem,
  wholeItems,
  wrongMode,
} from './whole-items.ts';
