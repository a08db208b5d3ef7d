export { forgetHolder, noteHolder } from './holders.ts';
export { findByProperty, getItems } from './items.ts';
export type { VaultTables } from './model.ts';
export { operations } from './operations.ts';
export { ITEMS } from './store.ts';
