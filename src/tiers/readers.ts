import { z } from 'zod';
import { Outcome } from '../commitments/index.ts';
import { ok } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { type RecordReader, recordReader } from '../relationships/index.ts';
import { noteTrust } from './due.ts';

const Confirmed = z.object({ salt: z.string(), commitment: id, outcome: Outcome });

/**
 * When I say that they kept a promise, or they name a key, a rule may have waited for it. It acts after the commit: a record in
 * its order.
 */
export const readers: readonly RecordReader[] = [
  recordReader({
    type: 'commitment-confirmed',
    v: 1,
    content: Confirmed,
    isAfterEnd: true,
    async apply(tx, _deps, { relationship, isMine, content, at }) {
      if (isMine && content.outcome === 'kept') await noteTrust(tx, relationship.id, at);
      return ok('noted');
    },
  }),
  recordReader({
    type: 'sealing-key',
    v: 1,
    content: z.object({ salt: z.string() }),
    isQuiet: true,
    async apply(tx, _deps, { relationship, isMine, at }) {
      if (!isMine) await noteTrust(tx, relationship.id, at);
      return ok('noted');
    },
  }),
];
