export { type CatalogueEntry, entryOf } from './catalogue.ts';
export { countHolders, forgetHolder, noteHolder } from './holders.ts';
export { findByProperty, getItems, type KnownItem } from './items.ts';
export { AddressParts, Item, type ItemRow, PropertyName, type VaultTables } from './model.ts';
export { operations } from './operations.ts';
