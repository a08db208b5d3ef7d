export { markRestored } from './mark-restored.ts';
export { type BackupDeps, DATABASE, KEY, type Manifest } from './model.ts';
export { operations } from './operations.ts';
export { isByPassphrase, type Opener, readBackup } from './read-backup.ts';
