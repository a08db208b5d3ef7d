export type { BaseDeps } from './deps.ts';
export { countRows, eraseRows, homeTables } from './erase-home.ts';
export { holdDatabase } from './hold-database.ts';
export { insertRows } from './insert-rows.ts';
export { migrate } from './migrate.ts';
export { postgresStorage } from './postgres-engine.ts';
export { databaseProblem } from './problem.ts';
export { type EngineOptions, sqliteStorage, type WriterStep } from './sqlite-engine.ts';
export { type Storage, type Tx, tables, type View } from './storage.ts';
