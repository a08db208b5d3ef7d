import type { Instant } from '../kernel/clock.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { RecordPayload, SignedRecord } from './model.ts';
import { recordId } from './record.ts';
import type { RecordRow } from './store.ts';

/** A record that counts no more; its body as long as it waits to be said again. */
type ForkRow = Omit<RecordRow, 'type' | 'v' | 'is_mine' | 'place'>;

interface Tables {
  records: RecordRow;
  forks: ForkRow;
}

/**
 * Takes a chain back to before a number; what it held from there on is kept as proof of the fork. Answers those, the last
 * one first.
 */
export async function dropFrom(
  tx: Tx,
  rel: string,
  author: string,
  seq: number,
  at: Instant,
  isToBeSaidAgain: (row: RecordRow) => boolean,
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
    const { type: _, v: __, is_mine: ___, place: ____, ...fork } = row;
    const body = isToBeSaidAgain(row) ? row.body : null;
    await keepRow(tx, { ...fork, body, received_at: at });
  }
  return rows.sort((a, b) => b.seq - a.seq);
}

async function keepRow(tx: Tx, row: ForkRow): Promise<void> {
  await tables<Tables>(tx)
    .insertInto('forks')
    .values(row)
    .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
    .execute();
}

/** What waits to be said again, in the order in which it was said, and waits no more. */
export async function takeToSayAgain(tx: Tx, rel: string, author: string): Promise<ForkRow[]> {
  const rows = await tables<Tables>(tx)
    .selectFrom('forks')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('author', '=', author)
    .where('body', 'is not', null)
    .orderBy('received_at')
    .orderBy('seq')
    .execute();
  for (const { id } of rows) {
    await tables<Tables>(tx)
      .updateTable('forks')
      .set({ body: null })
      .where('home_id', '=', tx.home)
      .where('id', '=', id)
      .execute();
  }
  return rows;
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
  await keepRow(tx, {
    home_id: tx.home,
    id: recordId(record),
    rel: payload.rel,
    author: payload.author,
    seq: payload.seq,
    protected: record.protected,
    payload: record.payload,
    signature: record.signature,
    body: null,
    received_at: at,
  });
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
