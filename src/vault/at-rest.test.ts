import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { actAs, type Engine, engines, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { must, ok } from '../kernel/result.ts';
import { homeTables, tables } from '../storage/index.ts';
import { headsOf } from './heads.ts';
import { VAULT_LIMITS } from './limits.ts';
import { listItems } from './list-items.ts';
import type { VaultTables } from './model.ts';
import { newKept, putItem } from './put-item.ts';
import { removeItem } from './remove-item.ts';
import { sealPlainItems } from './seal-plain.ts';
import { getKept, insertItems } from './store.ts';
import { settle } from './testing.ts';

/** Words that must be found nowhere in what the database keeps. */
const SECRETS = ['Kwakzalver', 'quixotic', 'zeppelin', 'own:wunderbar', 'sassafras'];

for (const engine of engines()) {
  describe(`my data at rest on ${engine}`, () => {
    let deps: TestDeps;
    before(async () => {
      deps = await openTestDeps(engine, 'at-rest');
      await settle(deps, ['anna', 'ben', 'cleo', 'dora', 'eva']);
    });
    after(() => deps.close());

    const put = async (home: string, value: string, more: object = {}) =>
      must(await putItem(deps, actAs(home), { property: 'vcard:note', value, ...more }));
    const values = async (home: string, search?: string) => {
      const input = { limit: 200, idsOnly: false, trashed: false, ...(search !== undefined && { search }) };
      return must(await listItems(deps, actAs(home), input)).rows.map((item) => item.value);
    };

    test('nothing of an item stands in the database, in use, in the trash or in its history', async () => {
      const item = await put('anna', 'Kwakzalver', { tags: ['zeppelin'], note: 'quixotic' });
      await put('anna', 'sassafras', { property: 'own:wunderbar', label: 'zeppelin' });
      await put('anna', 'Kwakzalver the second', { id: item.id });
      must(await removeItem(deps, actAs('anna'), { id: item.id }));
      const octets = await octetsOf(deps, engine);
      assert.ok(octets.includes('anna'), 'the octets are those of this database');
      for (const secret of SECRETS) assert.ok(!octets.includes(secret), secret);
      assert.deepEqual(await values('anna', 'SASSAFRAS'), ['sassafras']);
    });

    test('what is put into the place of something else does not open', async () => {
      const one = await put('ben', 'one');
      const two = await put('ben', 'two');
      const row = await rowOf(deps, 'ben', two.id);
      const swaps: [string, Partial<VaultTables['items']>][] = [
        ['the content of another item', { sealed: row.sealed }],
        ['another item as a whole', { sealed: row.sealed, item_key: row.item_key }],
        ['another version', { version: 2 }],
        ['another category', { category: 'other' }],
        ['another epoch', { epoch: 2 }],
      ];
      for (const [what, change] of swaps) {
        const done = deps.storage.transact('ben', async (tx) => {
          await tables<VaultTables>(tx).updateTable('items').set(change).where('id', '=', one.id).execute();
          await assert.rejects(getKept(tx, deps, 'ben', one.id), what);
          throw new Error('undo');
        });
        await assert.rejects(done, /undo/, what);
      }
      assert.deepEqual((await values('ben')).sort(), ['one', 'two']);
    });

    test('with another key of the node nothing opens', async () => {
      await put('cleo', 'kept');
      const thief = { ...deps, nodeKey: deps.random.bytes(32) };
      await assert.rejects(listItems(thief, actAs('cleo'), { limit: 10, idsOnly: false, trashed: false }));
    });

    test('heads go on from block to block, and a change writes one', async () => {
      const notes = Array.from({ length: 600 }, (_, at) => {
        const value = `note ${String(at).padStart(3, '0')} thistle`;
        return newKept(
          `note${at}`,
          { property: 'vcard:note', label: 'Note', value, tags: [] },
          deps.clock.now(),
        );
      });
      for (const some of [notes.slice(0, 599), notes.slice(599)])
        await deps.storage.transact('dora', async (tx) => ok(await insertItems(tx, deps, some, 'put')));
      const blocks = await blocksOf(deps, 'dora');
      assert.ok(blocks.length >= 3, `${blocks.length} blocks`);
      const [first] = (await deps.storage.read((view) => headsOf(view, deps, 'dora'))).live;
      assert.ok(first);
      await put('dora', 'bramble', { id: first.id });
      const now = await blocksOf(deps, 'dora');
      assert.equal(now.filter((it) => !blocks.some((old) => old.revision === it.revision)).length, 1);
      assert.deepEqual(await values('dora', 'bramble'), ['bramble']);
      assert.equal((await values('dora', 'thistle')).length, 200);
    });

    test('items that grow leave their block before it outgrows a line of an archive', async () => {
      const ids: string[] = [];
      for (let at = 0; at < 40; at++) ids.push((await put('cleo', `short ${at}`)).id);
      for (const id of ids) await put('cleo', '\u4e2d'.repeat(5_000), { id });
      const blocks = await blocksOf(deps, 'cleo');
      const largest = Math.max(...blocks.map((it) => it.sealed.length));
      assert.ok(
        largest < 2 * VAULT_LIMITS.blockOctets,
        `${blocks.length} blocks, the largest of ${largest} octets`,
      );
      assert.equal((await values('cleo', '\u4e2d')).length, 40);
    });

    test('what was written in the clear before is sealed as it was, and goes on where it stopped', async () => {
      await deps.storage.transact('eva', async (tx) => {
        for (let at = 0; at < 501; at++) {
          const plain = {
            label: 'zeppelin',
            value: `sassafras ${at}`,
            parts: null,
            note: null,
            tags: '["quixotic"]',
          };
          await sql`insert into plain_items (home_id, id, property, category, label, value, parts, note, tags, version,
            search, fingerprint, place, created_at, updated_at, is_trashed, trashed_at) values ('eva', ${`id${at}`},
            'vcard:note', 'note', ${plain.label}, ${plain.value}, null, null, ${plain.tags}, 2, 'sassafras', 'f', 'p',
            ${at}, ${at + 1}, ${at === 7 ? 1 : 0}, ${at === 7 ? deps.clock.now() : null})`.execute(tx.db);
          for (const version of [1, 2])
            await sql`insert into plain_item_versions (home_id, item, version, how, label, value, parts, note, tags,
              changed_at) values ('eva', ${`id${at}`}, ${version}, 'put', 'zeppelin', ${plain.value}, null, null,
              ${plain.tags}, ${version})`.execute(tx.db);
        }
        return ok(true);
      });
      await deps.storage.transact('removed', async (tx) => {
        // A removal that was interrupted: its keys are gone.
        await sql`insert into plain_items select 'removed', id, property, category, label, value, parts, note, tags,
          version, search, fingerprint, place, created_at, updated_at, is_trashed, trashed_at
          from plain_items where id = 'id3'`.execute(tx.db);
        return ok(true);
      });
      assert.equal(await sealPlainItems(deps), 501);
      assert.equal(await sealPlainItems(deps), 0);
      const kept = await deps.storage.read((view) => getKept(view, deps, 'eva', 'id7'));
      assert.deepEqual(kept && [kept.version, kept.createdAt, kept.updatedAt, kept.content.tags], [
        2,
        7,
        8,
        ['quixotic'],
      ]);
      assert.equal((await values('eva', 'sassafras 500')).length, 1);
      assert.deepEqual(
        await values('eva', 'sassafras 7'),
        (await values('eva', 'sassafras 7')).filter((it) => it !== 'sassafras 7'),
      );
      const octets = await octetsOf(deps, engine);
      for (const secret of SECRETS) assert.ok(!octets.includes(secret), secret);
    });
  });
}

async function rowOf(deps: TestDeps, home: string, id: string) {
  return deps.storage.read((view) =>
    tables<VaultTables>(view)
      .selectFrom('items')
      .selectAll()
      .where('home_id', '=', home)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );
}

async function blocksOf(deps: TestDeps, home: string) {
  return deps.storage.read((view) =>
    tables<VaultTables>(view)
      .selectFrom('item_heads')
      .select(['block', 'revision', 'sealed'])
      .where('home_id', '=', home)
      .execute(),
  );
}

/** All that the database keeps, as latin1: every value of every row, and where it is one file, its octets and its log's. */
async function octetsOf(deps: TestDeps, engine: Engine): Promise<string> {
  const rows = await deps.storage.read(async (view) => {
    const all: object[] = [];
    for (const table of await homeTables(view))
      all.push(...(await sql<object>`select * from ${sql.table(table)}`.execute(view.db)).rows);
    return all;
  });
  const values = rows.flatMap((row) => Object.values(row)).map(textOf);
  return [...values, ...(engine === 'sqlite' ? await filesOf(deps) : [])].join('\n');
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}

async function filesOf(deps: TestDeps): Promise<string[]> {
  const found = await deps.storage.read((view) =>
    sql<{ file: string }>`pragma database_list`.execute(view.db),
  );
  const file = found.rows[0]?.file;
  assert.ok(file);
  return [file, `${file}-wal`].map((path) => readFileSync(path, 'latin1'));
}
