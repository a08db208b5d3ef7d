import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { PASSPHRASE, startTestNode, type TestNode } from '../../test/harness/node.ts';
import { type Engine, engines } from '../../test/harness/test-deps.ts';
import { importParty } from '../archive/import-party.ts';
import { ARCHIVE_PASSPHRASE, exportQuickly, reportOn, uploadOf } from '../archive/testing.ts';
import { must } from '../kernel/result.ts';
import { makeUpload } from '../kernel/upload.ts';
import { homeTables, tables } from '../storage/index.ts';
import type { VaultTables } from '../vault/index.ts';
import {
  at,
  BEGIN,
  type Category,
  type Device,
  deviceOf,
  octetsOf,
  rowsOf,
  split,
  type Whole,
} from './testing.ts';

const OTHER: Readonly<Record<Engine, Engine>> = { sqlite: 'postgresql', postgresql: 'sqlite' };
const ann = { as: 'ann' };

for (const engine of engines()) {
  describe(`sealed categories on ${engine}`, () => {
    let node: TestNode;
    let home: string;
    let device: Device;
    before(async () => {
      node = await startTestNode({ engine, seed: `sealed-categories-${engine}` });
      home = await node.party('ann');
      device = deviceOf(node, ann);
      await node.done('begin-vault', BEGIN, ann);
    });
    after(() => node.close());

    const code = async (operation: string, input: object, by: undefined | typeof ann = ann) =>
      (await node.refused(operation, input, by)).code;
    const put = async (property: string, value: string, more: object = {}): Promise<string> =>
      (await node.done<{ id: string }>('put-item', { property, value, ...more }, ann)).id;

    test('a category is sealed bit by bit, also over a crash, and the node takes nothing of it meanwhile', async () => {
      const first = await put('schema:email', 'quixotic@example.org');
      await put('schema:email', 'zeppelin@example.org', { id: first, label: 'sassafras' });
      const second = await put('schema:telephone', '+32 470 12 34 56', { tags: ['kwakzalver'] });
      const trashed = await put('schema:name', 'Wunderbar');
      await node.done('remove-item', { id: trashed }, ann);
      const note = await put('vcard:note', 'left in the clear');
      const before = await wrappedKeys(node, home, 'contact');
      assert.equal(before.length, 1);

      const key = { put: [{ name: 'key/contact/1', octets: octetsOf('key') }] };
      const sealing = await device.step<object>('seal-category', { category: 'contact', ...key });
      assert.deepEqual(sealing, { counter: 2, stops: { grants: 0, rules: 0 } });
      assert.equal(
        await code('seal-category', { category: 'contact', ...(await at(device)) }),
        'category-mode',
      );
      await refusesAll(node, [first, second, trashed, note]);
      const moved = await device.moveOver([first], 'contact');
      assert.deepEqual(
        moved[0]?.versions.map((it) => [it.version, it.how, it.content.value]),
        [
          [1, 'put', 'quixotic@example.org'],
          [2, 'put', 'zeppelin@example.org'],
        ],
      );
      await node.reopen();
      assert.equal(await device.mode('contact'), 'sealing');
      const { items } = await node.done<{ items: Whole[] }>(
        'read-whole-items',
        { ids: [first, trashed] },
        ann,
      );
      assert.deepEqual(
        items.map((it) => it.id),
        [trashed],
        'what was moved is gone, what was not is there',
      );
      const gone = { replaces: [first, second], ...(await at(device)) };
      assert.equal(await code('write-sealed', gone), 'item-unknown');
      assert.equal(await code('write-sealed', { replaces: [note], ...(await at(device)) }), 'category-mode');
      await device.moveOver([second, trashed], 'contact');
      assert.equal(await device.mode('contact'), 'sealed', 'by itself, with the last row');

      assert.deepEqual(await wrappedKeys(node, home, 'contact'), [], 'the keys that the node had are erased');
      const octets = await allOctets(node, engine);
      const words = ['quixotic', 'zeppelin', 'sassafras', 'kwakzalver', 'Wunderbar'];
      assert.deepEqual(
        [...words, ...before].map(
          (word) => [...octets.matchAll(new RegExp(RegExp.escape(word), 'g'))].length,
        ),
        [0, 0, 0, 0, 0, 0],
        'nothing of it is in the database, and no key for what was',
      );
      assert.equal(
        await code('put-item', { property: 'schema:email', value: 'x@example.org' }),
        'category-sealed',
      );
      assert.equal(
        await code('put-item', { id: note, property: 'schema:name', value: 'X' }),
        'category-sealed',
      );
      const list = await node.done<{ rows: { value: string }[] }>('list-items', {}, ann);
      assert.deepEqual(list.rows.map((row) => row.value).sort(), ['Taken all the same', 'left in the clear']);
    });

    test('an item that came from a category that is sealed keeps its history', async () => {
      const id = await put('own:wheel', 'a wheel');
      await put('vcard:note', 'now a note', { id });
      await device.step('seal-category', { category: 'other' });
      assert.equal(await device.mode('other'), 'sealed', 'at once, where there is nothing to move');
      const { rows } = await node.done<{ rows: { value: string }[] }>('item-history', { id }, ann);
      assert.deepEqual(
        rows.map((row) => row.value),
        ['now a note', 'a wheel'],
      );
      await device.step('serve-category', { category: 'other' });
      await device.step('serve-items', { category: 'other', items: [], last: true });
      assert.equal(await device.mode('other'), 'served');
    });

    test('what was sealed comes back with its history and times, in the step that takes it out of the vault', async () => {
      await node.done('choose-terms', { ids: ['SD-BASE'] }, ann);
      const id = await put('own:anvil', 'an anvil', { tags: ['iron'], note: 'heavy' });
      node.clock?.advance(1_000);
      await put('own:anvil', 'a bigger anvil', { id });
      await node.done('remove-item', { id }, ann);
      await device.step('seal-category', { category: 'other' });
      const [whole] = await device.moveOver([id], 'other');
      const back = { category: 'other', items: [whole], remove: [`item/${id}`, 'block/other/1'] };
      assert.equal(await code('serve-items', { ...back, ...(await at(device)) }), 'category-mode');
      await device.step('serve-category', { category: 'other' });
      const kept = { ...back, remove: [`item/${id}`], last: true };
      assert.equal(
        await code('serve-items', { ...kept, ...(await at(device)) }),
        'category-mode',
        'blocks are left',
      );
      await put('own:hammer', 'plaintext is taken again');
      await device.step('serve-items', back);
      assert.equal(await code('serve-items', { ...back, ...(await at(device)) }), 'item-known');
      assert.equal(await device.mode('other'), 'serving');
      await device.step('serve-items', { category: 'other', items: [], last: true });
      assert.equal(await device.mode('other'), 'served');
      const { items } = await node.done<{ items: Whole[] }>('read-whole-items', { ids: [id] }, ann);
      assert.deepEqual(items, [whole]);
      await node.done('restore-item', { id }, ann);
    });

    test('an archive takes all of it along, octet for octet, and it opens there as it did here', async () => {
      const target = engines().includes(OTHER[engine]) ? OTHER[engine] : engine;
      const there = await startTestNode({ engine: target, seed: 'there' });
      try {
        const path = await exportQuickly(node, home);
        const report = await reportOn(path);
        assert.deepEqual([report.ok, report.problems], [true, []]);
        const input = { file: uploadOf(path), passphrase: ARCHIVE_PASSPHRASE };
        must(await importParty(there.deps, { home: undefined, isOperator: true }, input));
        assert.deepEqual(await rowsOf(there, home), await rowsOf(node, home));
        assert.ok((await rowsOf(there, home)).objects.length >= 6);
        const plain = { handle: 'ann', passphrase: PASSPHRASE };
        assert.equal((await there.refused('sign-in', plain)).code, 'sign-in-refused');
        await there.done('sign-in', { handle: 'ann', passphrase: split('first') });
        assert.deepEqual(await deviceOf(there, ann).shown(), await device.shown());
        rmSync(path);
      } finally {
        await there.close();
      }
    });

    test('what left the trash by time keeps no category from being sealed', async () => {
      const id = await put('schema:height', '180 cm');
      await node.done('remove-item', { id }, ann);
      await device.step('seal-category', { category: 'size' });
      assert.equal(await device.mode('size'), 'sealing');
      await node.deps.storage.transact(home, (tx) =>
        tables<VaultTables>(tx).updateTable('items').set({ trashed_at: 1 }).where('id', '=', id).execute(),
      );
      await device.step('write-sealed');
      assert.equal(await device.mode('size'), 'sealed');
    });
  });
}

async function refusesAll(
  node: TestNode,
  [first = '', second = '', trashed = '', note = '']: string[],
): Promise<void> {
  const one: [string, object][] = [
    ['put-item', { property: 'schema:name', value: 'New' }],
    ['put-item', { id: first, property: 'schema:email', value: 'new@example.org' }],
    ['put-item', { id: first, property: 'vcard:note', value: 'moved away' }],
    ['put-item', { id: note, property: 'schema:name', value: 'moved here' }],
    ['remove-item', { id: second }],
    ['restore-item', { id: trashed }],
  ];
  for (const [operation, input] of one)
    assert.equal((await node.refused(operation, input, ann)).code, 'category-sealed', operation);
  const each: [string, object][] = [
    ['remove-items', { ids: [second] }],
    ['restore-items', { ids: [trashed] }],
    ['tag-items', { ids: [second], tag: 'x' }],
    ['untag-items', { ids: [second], tag: 'kwakzalver' }],
  ];
  for (const [operation, input] of each) {
    const told = await node.done<{ done: string[]; not: { code: string }[] }>(operation, input, ann);
    assert.deepEqual([told.done, told.not.map((it) => it.code)], [[], ['category-sealed']], operation);
  }
  await importsTheRest(node);
}

async function importsTheRest(node: TestNode): Promise<void> {
  const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Other\r\nNOTE:Taken all the same\r\nEND:VCARD\r\n';
  const path = `${node.data}/card.vcf`;
  writeFileSync(path, card);
  for (const dryRun of [true, false]) {
    const file = makeUpload(path, 'card.vcf', card.length, async () => {});
    const report = await node.done<{
      taken: { property: string }[];
      skipped: { what: string; code: string }[];
    }>('import-items', { file, dryRun }, ann);
    assert.deepEqual(
      report.taken.map((it) => it.property),
      ['vcard:note'],
    );
    assert.ok(report.skipped.some((it) => it.code === 'category-sealed'));
  }
}

async function wrappedKeys(node: TestNode, home: string, category: Category): Promise<string[]> {
  const rows = await node.deps.storage.read((view) =>
    tables<VaultTables>(view)
      .selectFrom('category_keys')
      .select('wrapped')
      .where('home_id', '=', home)
      .where('category', '=', category)
      .execute(),
  );
  return rows.map((row) => Buffer.from(row.wrapped).toString('latin1'));
}

async function allOctets(node: TestNode, engine: Engine): Promise<string> {
  const values = await node.deps.storage.read(async (view) => {
    const all: unknown[] = [];
    for (const table of await homeTables(view)) {
      const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(view.db);
      all.push(...rows.flatMap((row) => Object.values(row)));
    }
    return all;
  });
  const text = values.map((it) =>
    it instanceof Uint8Array ? Buffer.from(it).toString('latin1') : String(it),
  );
  if (engine === 'sqlite') text.push(...(await filesOf(node)));
  return text.join('\n');
}

async function filesOf(node: TestNode): Promise<string[]> {
  const { rows } = await node.deps.storage.read((view) =>
    sql<{ file: string }>`pragma database_list`.execute(view.db),
  );
  const file = rows[0]?.file;
  assert.ok(file);
  return [file, `${file}-wal`].map((path) => readFileSync(path, 'latin1'));
}
