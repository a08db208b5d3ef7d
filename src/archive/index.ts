export {
  type Container,
  Damaged,
  isIdentity,
  isRecipient,
  type Lock,
  openContainer,
  openForIdentities,
  sealWith,
} from './container.ts';
export { sealParty } from './export-party.ts';
export { importFrom } from './import-party.ts';
export { ARCHIVE_LIMITS } from './limits.ts';
export type { ArchiveDeps, Finding } from './model.ts';
export { releaseHeld } from './node-bound.ts';
export { operations } from './operations.ts';
export { eraseParty } from './remove-party.ts';
export { isPartyId } from './sections.ts';
export { sweepUnfinished } from './unfinished.ts';
export { verifyArchive } from './verify-archive.ts';
