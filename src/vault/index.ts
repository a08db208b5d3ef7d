export { forgetHolder, noteHolder } from './holders.ts';
export { findByProperty, getItems, type KnownItem } from './items.ts';
export { operations } from './operations.ts';
