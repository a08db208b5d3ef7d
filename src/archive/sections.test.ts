import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Engine, engines, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { readTable } from './schema.ts';
import { HERE_ONLY, isPartyId, NOT_ARCHIVED, SECTIONS } from './sections.ts';

interface KeyColumn {
  name: string;
  place: number;
}

/** Every table, with the columns of its primary key in their order, as the database says. */
async function tablesOf(deps: TestDeps, engine: Engine): Promise<Map<string, string[]>> {
  return deps.storage.read(async (view) => {
    const names =
      engine === 'sqlite'
        ? sql<{
            name: string;
          }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
        : sql<{ name: string }>`select table_name as name from information_schema.tables
            where table_schema = current_schema()`;
    const found = new Map<string, string[]>();
    for (const { name } of (await names.execute(view.db)).rows) {
      const key =
        engine === 'sqlite'
          ? sql<KeyColumn>`select name, pk as place from pragma_table_info(${name}) where pk > 0 order by pk`
          : sql<KeyColumn>`select u.column_name as name, u.ordinal_position as place
              from information_schema.table_constraints c join information_schema.key_column_usage u
              on u.constraint_name = c.constraint_name and u.table_schema = c.table_schema
              where c.constraint_type = 'PRIMARY KEY' and c.table_schema = current_schema()
              and c.table_name = ${name} order by u.ordinal_position`;
      found.set(
        name,
        (await key.execute(view.db)).rows.map((column) => column.name),
      );
    }
    return found;
  });
}

for (const engine of engines()) {
  test(`every table is archived or says why it is not, with its key, on ${engine}`, async () => {
    const deps = await openTestDeps(engine, 'sections');
    try {
      const tables = await tablesOf(deps, engine);
      const listed = [...SECTIONS.map((section) => section.table), ...Object.keys(NOT_ARCHIVED)];
      assert.deepEqual(listed.sort(), [...tables.keys()].sort());
      for (const { table, key } of [...SECTIONS, ...HERE_ONLY]) {
        assert.deepEqual(['home_id', ...key], tables.get(table), table);
      }
      for (const { table } of HERE_ONLY) assert.ok(NOT_ARCHIVED[table] !== undefined, table);
    } finally {
      await deps.close();
    }
  });

  test(`no row of a section can be taken for a section’s line, on ${engine}`, async () => {
    const deps = await openTestDeps(engine, 'columns');
    try {
      for (const section of SECTIONS) {
        const { columns } = await deps.storage.read((view) => readTable(view, engine, section));
        assert.ok(Object.keys(columns).length >= 2, section.table);
      }
    } finally {
      await deps.close();
    }
  });
}

test('both databases give a section the same columns and kinds', async () => {
  const found = [];
  for (const engine of engines()) {
    const deps = await openTestDeps(engine, 'kinds');
    found.push(
      await deps.storage.read(async (view) => {
        const tables = [];
        for (const section of SECTIONS) tables.push(await readTable(view, engine, section));
        return tables;
      }),
    );
    await deps.close();
  }
  for (const tables of found) assert.deepEqual(tables, found[0]);
  const secrets = found[0]?.[SECTIONS.findIndex((section) => section.table === 'party_secrets')];
  assert.equal(secrets?.columns.served, 'bytes');
});

test('only what newId makes is the id of a party', () => {
  assert.equal(isPartyId('mggvq0f2ay61p9b4091b1r246c'), true);
  for (const other of [
    'node',
    '',
    'MGGVQ0F2AY61P9B4091B1R246C',
    'mggvq0f2ay61p9b4091b1r246',
    'il'.repeat(13),
  ]) {
    assert.equal(isPartyId(other), false, other);
  }
});
