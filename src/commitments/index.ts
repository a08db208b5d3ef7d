import type { RecordReader } from '../relationships/index.ts';
import { settleReaders } from './settle.ts';
import { reviewReaders } from './write-review.ts';

export { Outcome } from './model.ts';
export { operations } from './operations.ts';
export { commitmentCounts, insertCommitments, keptByShops, keptPromises } from './store.ts';
export const readers: readonly RecordReader[] = [...settleReaders, ...reviewReaders];
