export { sealParty } from './export-party.ts';
export { importFrom } from './import-party.ts';
export type { ArchiveDeps } from './model.ts';
export { releaseHeld } from './node-bound.ts';
export { operations } from './operations.ts';
export { eraseParty } from './remove-party.ts';
export { isPartyId } from './sections.ts';
export { sweepUnfinished } from './unfinished.ts';
export { verifyArchive } from './verify-archive.ts';
