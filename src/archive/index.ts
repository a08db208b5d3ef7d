export type { ArchiveDeps } from './model.ts';
export { operations } from './operations.ts';
export { sweepUnfinished } from './unfinished.ts';
