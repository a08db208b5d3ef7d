import type { Instant } from '../kernel/clock.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { RecordPayload, SignedRecord } from './model.ts';
import { recordId } from './record.ts';
import type { RecordRow } from './store.ts';

interface Tables {
  records: RecordRow;
  forks: Omit<RecordRow, 'type' | 'v' | 'body' | 'is_mine' | 'place'>;
}

/**
 * Takes a chain back to before a number; what it held from there on is kept as proof of the fork. Answers those, the
 * last one first.
 */
export async function dropFrom(
  tx: Tx,
  rel: string,
  author: string,
  seq: number,
  at: Instant,
): Promise<RecordRow[]> {
  const rows = await tables<Tables>(tx)
    .deleteFrom('records')
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('author', '=', author)
    .where('seq', '>=', seq)
    .returningAll()
    .execute();
  for (const row of rows) {
    const { home_id, id, protected: head, payload, signature } = row;
    await tables<Tables>(tx)
      .insertInto('forks')
      .values({
        home_id,
        id,
        rel,
        author,
        seq: row.seq,
        protected: head,
        payload,
        signature,
        received_at: at,
      })
      .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
      .execute();
  }
  return rows.sort((a, b) => b.seq - a.seq);
}

/** Whether this record is kept as proof of a fork. */
export async function isFork(tx: Tx, id: string): Promise<boolean> {
  const row = await tables<Tables>(tx)
    .selectFrom('forks')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps the proof that an author signed two records with one number. */
export async function keepFork(
  tx: Tx,
  record: SignedRecord,
  payload: RecordPayload,
  at: Instant,
): Promise<void> {
  await tables<Tables>(tx)
    .insertInto('forks')
    .values({
      home_id: tx.home,
      id: recordId(record),
      rel: payload.rel,
      author: payload.author,
      seq: payload.seq,
      protected: record.protected,
      payload: record.payload,
      signature: record.signature,
      received_at: at,
    })
    .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
    .execute();
}

/** How many proofs there are already against this author. */
export async function countForks(view: View, home: string, rel: string, author: string): Promise<number> {
  const { total } = await tables<Tables>(view)
    .selectFrom('forks')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('author', '=', author)
    .executeTakeFirstOrThrow();
  return total;
}
