import { sql } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { FILE_LIMITS } from './limits.ts';
import type { FileRow, FileTables } from './model.ts';

/** A file that is not erased. */
export async function getFile(view: View, home: HomeId, id: string): Promise<FileRow | undefined> {
  return tables<FileTables>(view)
    .selectFrom('files')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .where('state', '!=', 'erased')
    .executeTakeFirst();
}

/** How many files there are that the node reads, or that it does not; those under way and in the trash included. */
export async function countFilesIn(view: View, home: HomeId, mode: FileRow['mode']): Promise<number> {
  const { total } = await tables<FileTables>(view)
    .selectFrom('files')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('mode', '=', mode)
    .where('state', '!=', 'erased')
    .executeTakeFirstOrThrow();
  return total;
}

export async function insertFile(tx: Tx, row: FileRow): Promise<void> {
  await tables<FileTables>(tx).insertInto('files').values(row).execute();
}

export async function updateFile(tx: Tx, id: string, set: Partial<FileRow>): Promise<void> {
  await tables<FileTables>(tx)
    .updateTable('files')
    .set(set)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** How many files there are that are not erased, and the octets of all: of erased ones the parts that still lie there. */
export async function sumFiles(view: View, home: HomeId): Promise<{ files: number; octets: number }> {
  const row = await tables<FileTables>(view)
    .selectFrom('files')
    .select((e) => [
      e.fn.countAll<number>().as('all'),
      sql<number>`coalesce(sum(case state when 'erased' then 1 else 0 end), 0)`.as('erased'),
      sql<number>`coalesce(sum(case state when 'erased' then 0 else octets end), 0)`.as('octets'),
    ])
    .where('home_id', '=', home)
    .executeTakeFirstOrThrow();
  const erased = Number(row.erased);
  // Mostly there are none, and parts are not to be walked for that.
  const left = erased === 0 ? 0 : await sumErased(view, home);
  return { files: row.all - erased, octets: Number(row.octets) + left };
}

async function sumErased(view: View, home: HomeId): Promise<number> {
  const { octets } = await tables<FileTables>(view)
    .selectFrom('file_parts')
    .select(sql<number>`coalesce(sum(length(octets)), 0)`.as('octets'))
    .where('home_id', '=', home)
    .where('file', 'in', (e) =>
      e.selectFrom('files').select('id').where('home_id', '=', home).where('state', '=', 'erased'),
    )
    .executeTakeFirstOrThrow();
  return Number(octets);
}

/** Files that are under way, the last begun first. */
export async function listBegun(view: View, home: HomeId): Promise<FileRow[]> {
  return tables<FileTables>(view)
    .selectFrom('files')
    .selectAll()
    .where('home_id', '=', home)
    .where('state', '=', 'begun')
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Served files of a length that are not in the trash, those under way first, then the newest: some of them. */
export async function listOfLength(view: View, home: HomeId, octets: number): Promise<FileRow[]> {
  return tables<FileTables>(view)
    .selectFrom('files')
    .selectAll()
    .where('home_id', '=', home)
    .where('state', 'in', ['begun', 'whole'])
    .where('mode', '=', 'served')
    .where('is_trashed', '=', false)
    .where('octets', '=', octets)
    .orderBy('state')
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(FILE_LIMITS.headsAtOnce)
    .execute();
}

export interface Wanted {
  readonly mode: FileRow['mode'];
  readonly state: 'begun' | 'whole';
  readonly isTrashed: boolean;
  /** In the trash since later than this. */
  readonly trashedAfter: number;
  /** Where the page before ended. */
  readonly after: readonly [madeAt: number, id: string] | undefined;
}

/** Rows in the order of lists: the newest first. */
export async function pageOfFiles(
  view: View,
  home: HomeId,
  { mode, state, isTrashed, trashedAfter, after }: Wanted,
  limit: number,
): Promise<FileRow[]> {
  let query = tables<FileTables>(view)
    .selectFrom('files')
    .selectAll()
    .where('home_id', '=', home)
    .where('state', '=', state)
    .where('is_trashed', '=', isTrashed)
    .where('mode', '=', mode);
  if (isTrashed) query = query.where('trashed_at', '>', trashedAfter);
  if (after) {
    const [at, id] = after;
    query = query.where((e) =>
      e.or([e('made_at', '<', at), e.and([e('made_at', '=', at), e('id', '<', id)])]),
    );
  }
  return query.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** How many there are on all pages. */
export async function countFiles(view: View, home: HomeId, wanted: Omit<Wanted, 'after'>): Promise<number> {
  const { mode, state, isTrashed, trashedAfter } = wanted;
  let query = tables<FileTables>(view)
    .selectFrom('files')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('state', '=', state)
    .where('is_trashed', '=', isTrashed)
    .where('mode', '=', mode);
  if (isTrashed) query = query.where('trashed_at', '>', trashedAfter);
  return (await query.executeTakeFirstOrThrow()).total;
}

export async function putPart(tx: Tx, file: string, number: number, octets: Uint8Array): Promise<void> {
  await tables<FileTables>(tx)
    .insertInto('file_parts')
    .values({ home_id: tx.home, file, number, octets })
    .onConflict((c) => c.columns(['home_id', 'file', 'number']).doUpdateSet({ octets }))
    .execute();
}

export async function getPart(
  view: View,
  home: HomeId,
  file: string,
  number: number,
): Promise<Uint8Array | undefined> {
  const row = await tables<FileTables>(view)
    .selectFrom('file_parts')
    .select('octets')
    .where('home_id', '=', home)
    .where('file', '=', file)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.octets;
}

/** How long each part is as it is kept, by its number; the parts themselves are not read. */
export async function lengthsOf(view: View, home: HomeId, file: string): Promise<Map<number, number>> {
  const rows = await tables<FileTables>(view)
    .selectFrom('file_parts')
    .select(['number', sql<number>`length(octets)`.as('size')])
    .where('home_id', '=', home)
    .where('file', '=', file)
    .orderBy('number')
    .execute();
  return new Map(rows.map(({ number, size }) => [number, Number(size)]));
}

/** Makes files unreadable for good: their keys and heads go at once. Answers how many there were. */
export async function shred(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const done = await tables<FileTables>(tx)
    .updateTable('files')
    .set({ state: 'erased', file_key: null, head: null, octets: 0 })
    .where('home_id', '=', tx.home)
    .where('id', 'in', [...ids])
    .where('state', '!=', 'erased')
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Erases some parts of files that were made unreadable, and each file with its last. Answers whether more are left. */
export async function eraseSomeParts(tx: Tx): Promise<boolean> {
  const db = tables<FileTables>(tx);
  const erased = await db
    .selectFrom('files')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('state', '=', 'erased')
    .limit(1)
    .executeTakeFirst();
  if (!erased) return false;
  const parts = await db
    .selectFrom('file_parts')
    .select('number')
    .where('home_id', '=', tx.home)
    .where('file', '=', erased.id)
    .limit(FILE_LIMITS.partsErasedAtOnce)
    .execute();
  const numbers = parts.map((it) => it.number);
  if (numbers.length > 0) {
    await db
      .deleteFrom('file_parts')
      .where('home_id', '=', tx.home)
      .where('file', '=', erased.id)
      .where('number', 'in', numbers)
      .execute();
  }
  if (numbers.length < FILE_LIMITS.partsErasedAtOnce) {
    await db.deleteFrom('files').where('home_id', '=', tx.home).where('id', '=', erased.id).execute();
  }
  return true;
}
