export { CATALOGUE, entryOf } from './catalogue.ts';
export { forgetHolder, noteHolder } from './holders.ts';
export { findByProperty, getItems } from './items.ts';
export { Category, PropertyName, type VaultTables } from './model.ts';
export { operations } from './operations.ts';
export { sealPlainItems } from './seal-plain.ts';
export { ITEMS } from './store.ts';
