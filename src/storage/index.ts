export type { BaseDeps } from './deps.ts';
export { eraseHome, homeTables } from './erase-home.ts';
export { migrate } from './migrate.ts';
export { postgresStorage } from './postgres-engine.ts';
export { databaseProblem } from './problem.ts';
export { type EngineOptions, sqliteStorage, type WriterStep } from './sqlite-engine.ts';
export { type Storage, type Tx, tables, type View } from './storage.ts';
