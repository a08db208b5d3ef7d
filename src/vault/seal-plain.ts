import { sql } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import { hasSecrets } from '../parties/index.ts';
import { type BaseDeps, type Storage, type Tx, tables } from '../storage/index.ts';
import { AddressParts, type Content, type HowChanged, type Kept } from './model.ts';
import { categoryOf, chunks, insertItems, insertVersions } from './store.ts';

/** Items of one transaction, so that whoever has a hundred thousand does not wait on one. */
const BATCH = 500;

interface PlainContent {
  label: string;
  value: string;
  parts: string | null;
  note: string | null;
  tags: string;
}

interface PlainTables {
  plain_items: PlainContent & {
    home_id: string;
    id: string;
    property: string;
    version: number;
    created_at: number;
    updated_at: number;
    trashed_at: number | null;
  };
  plain_item_versions: PlainContent & {
    home_id: string;
    item: string;
    version: number;
    how: HowChanged;
    changed_at: number;
  };
}

/**
 * Seals what was written before My data was sealed (migration 34), and empties the tables it stood in. Killed half-way it goes
 * on at the next start. Answers how many items that were.
 */
export async function sealPlainItems(deps: BaseDeps): Promise<number> {
  let total = 0;
  for (let home = await nextHome(deps); home !== undefined; home = await nextHome(deps)) {
    const sealed = await deps.storage.transact(home, (tx) => sealBatch(tx, deps));
    total += sealed;
  }
  await emptyFiles(deps.storage, total > 0);
  return total;
}

/** PostgreSQL keeps what was deleted in the files of a table until it is vacuumed; SQLite writes over it (secure_delete). */
async function emptyFiles(storage: Storage, isWritten: boolean): Promise<void> {
  if (storage.engine === 'sqlite') {
    if (isWritten) storage.rest();
    return;
  }
  await storage.transact('node', async (tx) => {
    const { rows } = await sql<{ octets: number }>`select pg_relation_size('plain_items')
      + pg_relation_size('plain_item_versions') as octets`.execute(tx.db);
    // Also after a start that was killed before it came to this.
    if (Number(rows[0]?.octets ?? 0) > 0) await sql`truncate plain_items, plain_item_versions`.execute(tx.db);
  });
}

async function nextHome(deps: BaseDeps): Promise<HomeId | undefined> {
  return deps.storage.read(async (view) => {
    const row = await tables<PlainTables>(view)
      .selectFrom('plain_items')
      .select('home_id')
      .limit(1)
      .executeTakeFirst();
    return row?.home_id;
  });
}

async function sealBatch(tx: Tx, deps: BaseDeps): Promise<number> {
  const db = tables<PlainTables>(tx);
  if (!(await hasSecrets(tx, tx.home))) return eraseLeft(tx);
  const rows = await db
    .selectFrom('plain_items')
    .selectAll()
    .where('home_id', '=', tx.home)
    .limit(BATCH)
    .execute();
  const properties = new Map(rows.map((row) => [row.id, row.property]));
  const items = rows.map((row): Kept => {
    const { id, version, created_at, updated_at, trashed_at, property } = row;
    const content = contentOf(property, row);
    return { id, version, createdAt: created_at, updatedAt: updated_at, trashedAt: trashed_at, content };
  });
  await insertItems(tx, deps, items);
  for (const some of chunks(items.map((kept) => kept.id))) {
    const versions = await db
      .selectFrom('plain_item_versions')
      .selectAll()
      .where('home_id', '=', tx.home)
      .where('item', 'in', some)
      .execute();
    const opened = versions.map((row) => {
      const { item, version, how, changed_at } = row;
      const content = contentOf(properties.get(item) ?? '', row);
      return { item, version, how, at: changed_at, content, under: categoryOf(content) };
    });
    await insertVersions(tx, deps, opened);
    await db
      .deleteFrom('plain_item_versions')
      .where('home_id', '=', tx.home)
      .where('item', 'in', some)
      .execute();
    await db.deleteFrom('plain_items').where('home_id', '=', tx.home).where('id', 'in', some).execute();
  }
  return rows.length;
}

/** Of a party that is being removed, keys first: nothing seals what it leaves, and nobody may read it. */
async function eraseLeft(tx: Tx): Promise<number> {
  for (const table of ['plain_item_versions', 'plain_items'] as const)
    await tables<PlainTables>(tx).deleteFrom(table).where('home_id', '=', tx.home).execute();
  return 0;
}

/** A version before kept no property of its own: it had the item's. */
function contentOf(property: string, row: PlainContent): Content {
  const { label, value, note } = row;
  const parts = row.parts === null ? undefined : AddressParts.parse(JSON.parse(row.parts));
  const tags: string[] = JSON.parse(row.tags); // put-item wrote it
  return { property, label, value, parts, note: note ?? undefined, tags };
}
