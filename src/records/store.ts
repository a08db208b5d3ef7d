import type { Kysely } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import { insertRows, prepared, type Tx, tables, type View } from '../storage/index.ts';
import { parsePayload } from './jws.ts';
import type { ReadRecord } from './model.ts';

export interface RecordRow {
  home_id: string;
  rel: string;
  author: string;
  seq: number;
  id: string;
  type: string;
  v: number;
  protected: Uint8Array;
  payload: Uint8Array;
  signature: Uint8Array;
  body: Uint8Array | null;
  received_at: number;
  is_mine: boolean;
  /** The order in which this side has them, within the relationship, from 1. */
  place: number;
}

interface Tables {
  records: RecordRow;
}

interface Chain {
  readonly home: string;
  readonly rel: string;
  readonly author: string;
}

const head = prepared((db: Kysely<Tables>, it: Chain) =>
  db
    .selectFrom('records')
    .select(['id', 'seq'])
    .where('home_id', '=', it.home)
    .where('rel', '=', it.rel)
    .where('author', '=', it.author)
    .orderBy('seq', 'desc')
    .limit(1),
);

/** The last record of this author in this relationship. */
export async function headOf(
  tx: Tx,
  rel: string,
  author: string,
): Promise<{ id: string; seq: number } | undefined> {
  return (await head(tx, { home: tx.home, rel, author }))[0];
}

const lastPlace = prepared((db: Kysely<Tables>, it: Pick<Chain, 'home' | 'rel'>) =>
  db
    .selectFrom('records')
    .select('place')
    .where('home_id', '=', it.home)
    .where('rel', '=', it.rel)
    .orderBy('place', 'desc')
    .limit(1),
);

/** Keeps records of one relationship, in this order, after the last place in it; whoever knows that one gives it. */
export async function insertRecords(
  tx: Tx,
  rel: string,
  records: readonly ReadRecord[],
  isMine: boolean,
  at: Instant,
  after?: number,
): Promise<RecordRow[]> {
  const last = after ?? (await lastPlace(tx, { home: tx.home, rel }))[0]?.place ?? 0;
  const rows = records.map(
    ({ id, record, payload }, i): RecordRow => ({
      home_id: tx.home,
      rel,
      author: payload.author,
      seq: payload.seq,
      id,
      type: payload.type,
      v: payload.v,
      protected: record.protected,
      payload: record.payload,
      signature: record.signature,
      body: record.body ?? null,
      received_at: at,
      is_mine: isMine,
      place: last + i + 1,
    }),
  );
  await insertRows(tx, 'records', rows);
  return rows;
}

export async function recordAt(
  view: View,
  home: string,
  rel: string,
  author: string,
  seq: number,
): Promise<RecordRow | undefined> {
  return tables<Tables>(view)
    .selectFrom('records')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('author', '=', author)
    .where('seq', '=', seq)
    .executeTakeFirst();
}

/** The records of a relationship that somebody with these heads lacks, in the order in which this side has them. */
export async function recordsAfter(
  view: View,
  home: string,
  rel: string,
  heads: ReadonlyMap<string, number>,
  limit: number,
): Promise<RecordRow[]> {
  return tables<Tables>(view)
    .selectFrom('records')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where((e) =>
      e.or([...heads].map(([author, seq]) => e.and([e('author', '=', author), e('seq', '>', seq)]))),
    )
    .orderBy('place')
    .limit(limit)
    .execute();
}

/** The record of this id in a relationship, whoever's it is. */
export async function findRecord(
  view: View,
  home: string,
  rel: string,
  id: string,
): Promise<RecordRow | undefined> {
  return tables<Tables>(view)
    .selectFrom('records')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('id', '=', id)
    .executeTakeFirst();
}

const placeInChain = prepared((db: Kysely<Tables>, it: Chain & { readonly id: string }) =>
  db
    .selectFrom('records')
    .select('place')
    .where('home_id', '=', it.home)
    .where('rel', '=', it.rel)
    .where('author', '=', it.author)
    .where('id', '=', it.id),
);

/** Whether this author's record of this id is here, in this relationship. */
export async function hasRecord(
  view: View,
  home: string,
  { rel, author }: Pick<RecordRow, 'rel' | 'author'>,
  id: string,
): Promise<boolean> {
  return (await placeInChain(view, { home, rel, author, id })).length > 0;
}

/** Bodies of one type in a relationship that have not been erased, with their authors, in order. */
export async function recordBodies(
  view: View,
  home: string,
  rel: string,
  type: string,
): Promise<{ readonly id: string; readonly author: string; readonly body: Record<string, unknown> }[]> {
  const rows = await tables<Tables>(view)
    .selectFrom('records')
    .select(['id', 'author', 'body'])
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('type', '=', type)
    .where('body', 'is not', null)
    .orderBy('place')
    .execute();
  return rows.flatMap(({ id, author, body }) => {
    const read = body === null ? undefined : parsePayload(body);
    return read?.ok ? [{ id, author, body: read.value }] : [];
  });
}

/** The records of these types in a relationship, of both authors, in the order in which this side has them. */
export async function recordsOf(
  view: View,
  home: string,
  rel: string,
  types: readonly string[],
): Promise<RecordRow[]> {
  return tables<Tables>(view)
    .selectFrom('records')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('type', 'in', types)
    .orderBy('place')
    .execute();
}

/** What a line in time shows of a record; no octets. */
export type RecordLine = Pick<RecordRow, 'id' | 'type' | 'is_mine' | 'received_at' | 'place'>;

/** The newest records of a relationship before a place, newest first. */
export async function newestRecords(
  view: View,
  home: string,
  rel: string,
  before: number,
  limit: number,
): Promise<RecordLine[]> {
  return tables<Tables>(view)
    .selectFrom('records')
    .select(['id', 'type', 'is_mine', 'received_at', 'place'])
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('place', '<', before)
    .orderBy('place', 'desc')
    .limit(limit)
    .execute();
}

/** Erases a record's body for good; the chain still verifies by its hash. */
export async function eraseBody(tx: Tx, rel: string, id: string): Promise<void> {
  await tables<Tables>(tx)
    .updateTable('records')
    .set({ body: null })
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('id', '=', id)
    .execute();
}

/** Erases the bodies of all records of these types in a relationship, of both authors. */
export async function eraseBodies(tx: Tx, rel: string, types: readonly string[]): Promise<void> {
  await tables<Tables>(tx)
    .updateTable('records')
    .set({ body: null })
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('type', 'in', types)
    .where('body', 'is not', null)
    .execute();
}

/** How many records of this author came after an instant. */
export async function countReceived(tx: Tx, rel: string, author: string, after: Instant): Promise<number> {
  const { total } = await countOf(tx, rel, author).where('received_at', '>', after).executeTakeFirstOrThrow();
  return total;
}

/** How many records of one type this author has in a relationship. */
export async function countRecords(tx: Tx, rel: string, author: string, type: string): Promise<number> {
  const { total } = await countOf(tx, rel, author).where('type', '=', type).executeTakeFirstOrThrow();
  return total;
}

function countOf(tx: Tx, rel: string, author: string) {
  return tables<Tables>(tx)
    .selectFrom('records')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('author', '=', author);
}
