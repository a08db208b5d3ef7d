import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { View } from '../../src/storage/index.ts';
import { engines, openTestDeps } from '../harness/test-deps.ts';

/** A primary key, unique key or foreign key: its columns in order. */
interface Key {
  readonly table: string;
  readonly kind: string;
  readonly columns: readonly string[];
}

for (const engine of engines()) {
  test(`${engine}: every primary, unique and foreign key begins with home_id`, async () => {
    const deps = await openTestDeps(engine, 'schema');
    const { tables, keys } = await deps.storage.read(async (view) => ({
      tables: await (engine === 'sqlite' ? sqliteTables(view) : postgresTables(view)),
      keys: await (engine === 'sqlite' ? sqliteKeys(view) : postgresKeys(view)),
    }));
    await deps.close();
    assert(tables.length >= 10);
    const wrong = keys
      .filter((key) => key.columns[0] !== 'home_id')
      .map((key) => `${key.table}: ${key.kind} (${key.columns.join(', ')})`);
    assert.deepEqual(wrong, []);
    const bare = tables.filter(
      (table) => !keys.some((key) => key.table === table && key.kind === 'primary key'),
    );
    assert.deepEqual(bare, [], 'tables without a primary key');
  });
}

test('both engines have the same tables, columns and keys', async () => {
  const [first, second] = engines();
  if (!first || !second) return assert.deepEqual(engines(), ['sqlite'], 'there is only one to look at');
  const shapes = [];
  for (const engine of [first, second]) {
    const deps = await openTestDeps(engine, 'schema');
    shapes.push(
      await deps.storage.read(async (view) => ({
        columns: await (engine === 'sqlite' ? sqliteColumns(view) : postgresColumns(view)),
        keys: (await (engine === 'sqlite' ? sqliteKeys(view) : postgresKeys(view)))
          .map((key) => `${key.table}: ${key.kind} (${key.columns.join(', ')})`)
          .sort(),
      })),
    );
    await deps.close();
  }
  assert.deepEqual(shapes[0], shapes[1]);
});

async function sqliteTables(view: View): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master
    where type = 'table' and name not like 'sqlite_%' order by name`.execute(view.db);
  return rows.map((row) => row.name);
}

async function sqliteColumns(view: View): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select m.name || '.' || c.name || ' ' || c."notnull" as name
    from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%'`.execute(view.db);
  return rows.map((row) => row.name).sort();
}

async function sqliteKeys(view: View): Promise<Key[]> {
  const primary =
    await sql<Row>`select m.name as "table", 'primary key' as kind, c.name as "column", c.pk as place,
    m.name as key from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%' and c.pk > 0`.execute(view.db);
  const unique =
    await sql<Row>`select m.name as "table", 'unique' as kind, c.name as "column", c.seqno as place,
    i.name as key from sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
    where m.type = 'table' and i."unique" = 1 and i.origin <> 'pk'`.execute(view.db);
  const foreign = await sql<Row>`select m.name as "table", 'foreign key' as kind, f."from" as "column",
    f.seq as place, m.name || f.id as key from sqlite_master m, pragma_foreign_key_list(m.name) f
    where m.type = 'table'`.execute(view.db);
  return keysOf([...primary.rows, ...unique.rows, ...foreign.rows]);
}

async function postgresTables(view: View): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = 'public' order by tablename`.execute(view.db);
  return rows.map((row) => row.name);
}

async function postgresColumns(view: View): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select table_name || '.' || column_name || ' ' ||
    case is_nullable when 'NO' then '1' else '0' end as name
    from information_schema.columns where table_schema = 'public'`.execute(view.db);
  return rows.map((row) => row.name).sort();
}

async function postgresKeys(view: View): Promise<Key[]> {
  // Unique indexes stand behind primary and unique keys; foreign keys have none.
  const indexes = await sql<Row>`select t.relname as "table",
    case when i.indisprimary then 'primary key' else 'unique' end as kind,
    a.attname as "column", k.place, x.relname as key
    from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    join pg_namespace n on n.oid = t.relnamespace
    cross join lateral unnest(i.indkey) with ordinality as k(number, place)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
    where n.nspname = 'public' and i.indisunique`.execute(view.db);
  const foreign = await sql<Row>`select t.relname as "table", 'foreign key' as kind, a.attname as "column",
    k.place, c.conname as key from pg_constraint c join pg_class t on t.oid = c.conrelid
    cross join lateral unnest(c.conkey) with ordinality as k(number, place)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number where c.contype = 'f'`.execute(view.db);
  return keysOf([...indexes.rows, ...foreign.rows]);
}

interface Row {
  readonly table: string;
  readonly kind: string;
  readonly column: string;
  readonly place: number;
  readonly key: string;
}

function keysOf(rows: readonly Row[]): Key[] {
  return [...Map.groupBy(rows, (row) => `${row.table} ${row.kind} ${row.key}`).values()].map((parts) => ({
    table: parts[0]?.table ?? '',
    kind: parts[0]?.kind ?? '',
    columns: parts.toSorted((a, b) => a.place - b.place).map((part) => part.column),
  }));
}
