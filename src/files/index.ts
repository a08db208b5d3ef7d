export { fileNotWhole, sealedFilesPresent, servedFilesPresent } from './failures.ts';
export { FILE_LIMITS } from './limits.ts';
export { FileShown, FileStands } from './model.ts';
export { operations } from './operations.ts';
export { cleanName, isSound } from './rules.ts';
export { countFilesIn } from './store.ts';
export { homesWithOldFiles, sweepFiles } from './sweep-files.ts';
