import type { RecordReader } from '../relationships/index.ts';
import { grantReaders } from './read-grants.ts';
import { receiptReaders } from './read-receipts.ts';
import { stopReaders } from './read-stops.ts';

export const readers: readonly RecordReader[] = [...grantReaders, ...stopReaders, ...receiptReaders];
