export { doubtCopies } from './doubt-copies.ts';
export { makeCopies, startCopying } from './make-copies.ts';
export { operations } from './operations.ts';
export { readers } from './readers.ts';
export { homesWithWanted } from './store.ts';
