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
import { openSession, sessionsOf } from '../parties/index.ts';
import { homeTables, tables } from '../storage/index.ts';
import type { VaultTables } from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import type { SealedTables } from './model.ts';
import {
  BEGIN,
  type Category,
  type Device,
  deviceOf,
  octetsOf,
  saltOf,
  split,
  splitCode,
  type Whole,
} from './testing.ts';

const OTHER: Readonly<Record<Engine, Engine>> = { sqlite: 'postgresql', postgresql: 'sqlite' };
const ann = { as: 'ann' };
const QUARTER_HOUR = 15 * 60_000;

for (const engine of engines()) {
  describe(`sealed categories on ${engine}`, () => {
    let node: TestNode;
    let home: string;
    let device: Device;
    before(async () => {
      node = await startTestNode({ engine, seed: `sealed-${engine}` });
      home = await node.party('ann');
      device = deviceOf(node, ann);
    });
    after(() => node.close());

    const code = async (operation: string, input: object, by: undefined | typeof ann = ann) =>
      (await node.refused(operation, input, by)).code;
    const put = async (property: string, value: string, more: object = {}): Promise<string> =>
      (await node.done<{ id: string }>('put-item', { property, value, ...more }, ann)).id;

    test('with a vault the passphrase stays on devices: the one before is dead, and nothing else is taken again', async () => {
      const how = (handle: string) => node.done<object>('prepare-sign-in', { handle });
      assert.deepEqual(await how('ann'), { how: 'at-the-node' });
      await node.done('make-recovery-shares', { passphrase: PASSPHRASE }, ann);
      const token = await openSession(node.deps, home, { label: 'another browser' });
      assert.equal(await code('write-sealed', { expects: 1, statement: BEGIN.statement }), 'vault-missing');
      const plain = 'another horse battery';
      assert.equal(await code('begin-vault', { ...BEGIN, newPassphrase: plain }), 'passphrase-stays-here');
      assert.equal(
        await code('begin-vault', { ...BEGIN, recovery: 'AAAA-AAAA' }),
        'recovery-code-stays-here',
      );
      assert.equal(await code('begin-vault', { ...BEGIN, put: BEGIN.put.slice(0, 1) }), 'way-missing');
      assert.equal(await code('begin-vault', { ...BEGIN, passphrase: plain }), 'passphrase-wrong');
      assert.equal(
        await code('change-passphrase', { old: PASSPHRASE, new: split('first') }),
        'passphrase-not-here',
      );
      assert.deepEqual(await node.done('begin-vault', BEGIN, ann), { counter: 1 });
      assert.equal(await code('begin-vault', { ...BEGIN, passphrase: split('first') }), 'vault-exists');

      const here = { how: 'here', salt: saltOf('first'), cost: { memoryKiB: 65_536, passes: 3, lanes: 1 } };
      assert.deepEqual(await how('ann'), here);
      assert.deepEqual(await how('nobody-here'), { how: 'at-the-node' }, 'an unknown handle says nothing');
      assert.deepEqual(await sessionsOf(node.deps, token), [], 'other browsers are signed out');
      const { rows } = await node.done<{ rows: { kind: string }[] }>('list-devices', {}, ann);
      assert.deepEqual(
        rows.map((row) => row.kind),
        ['passphrase', 'recovery-code'],
        'shares of before are void',
      );

      const signIn = (passphrase: string) => ({ handle: 'ann', passphrase });
      const refused = await node.refused('sign-in', signIn(PASSPHRASE));
      assert.deepEqual(refused, await node.refused('sign-in', { handle: 'nobody', passphrase: PASSPHRASE }));
      assert.equal(await code('sign-in', signIn(split('first', 'wrong')), undefined), 'sign-in-refused');
      await node.done('sign-in', signIn(split('first')));
      await node.done('make-recovery-shares', { passphrase: split('first') }, ann);
      const change = { old: split('first'), new: plain };
      assert.equal(await code('change-passphrase', change), 'passphrase-stays-here');
      assert.equal(
        await code('show-recovery-code', { passphrase: split('first') }),
        'recovery-code-stays-here',
      );
    });

    test('passphrase and recovery code are changed by what devices make of them, and never by themselves', async () => {
      node.clock?.advance(QUARTER_HOUR);
      await node.done('change-passphrase', { old: split('first'), new: split('next') }, ann);
      assert.equal(
        await code('sign-in', { handle: 'ann', passphrase: split('first') }, undefined),
        'sign-in-refused',
      );
      const renewed = { passphrase: split('next'), made: splitCode('next') };
      assert.deepEqual(await node.done('show-recovery-code', renewed, ann), { code: '', shownBefore: true });
      const recover = (made: string, newPassphrase: string) => ({ handle: 'ann', code: made, newPassphrase });
      const old = recover(splitCode('first'), split('first'));
      assert.equal(await code('recover-party', old, undefined), 'recovery-refused');
      const inTheClear = recover(splitCode('next'), 'another horse battery');
      assert.equal(await code('recover-party', inTheClear, undefined), 'passphrase-stays-here');
      await node.done('recover-party', recover(splitCode('next'), split('first')));
      await node.done('sign-in', { handle: 'ann', passphrase: split('first') });
    });

    test('of two who write at once one wins, and of the other nothing is written', async () => {
      const write = (who: string) => ({
        ...{ expects: 1, statement: octetsOf(`of ${who}`) },
        put: [{ name: `item/${who}`, octets: octetsOf(who) }],
      });
      const results = await Promise.all(
        ['left', 'right'].map((who) => node.call('write-sealed', write(who), ann)),
      );
      assert.deepEqual(results.map((it) => (it.ok ? 'ok' : it.code)).sort(), ['ok', 'vault-changed']);
      const winner = results[0]?.ok ? 'left' : 'right';
      const { rows } = await node.done<{ rows: object[] }>('read-sealed', { prefix: 'item/' }, ann);
      assert.deepEqual(rows, [{ name: `item/${winner}`, octets: octetsOf(winner) }]);
      const { vault } = await device.shown();
      assert.deepEqual([vault?.counter, vault?.statement], [2, octetsOf(`of ${winner}`)]);
      await device.step('write-sealed', { remove: [`item/${winner}`] });
    });

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
      assert.deepEqual(sealing, { counter: 4, stops: { grants: 0, rules: 0 } });
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

    test('objects are read page by page, and limits are kept', async () => {
      const big = SEALED_LIMITS.objectBytes;
      for (const n of [1, 2, 3, 4, 5]) {
        const object = { name: `version/big/${n}`, octets: octetsOf(`big ${n}`, big) };
        await device.step('write-sealed', { put: [object] });
      }
      const names: string[] = [];
      let after: string | undefined;
      let pages = 0;
      do {
        const asked = { prefix: 'version/big/', ...(after !== undefined && { after }) };
        const page = await node.done<{ rows: { name: string }[]; next?: string }>('read-sealed', asked, ann);
        names.push(...page.rows.map((row) => row.name));
        after = page.next;
        pages++;
      } while (after !== undefined);
      assert.deepEqual([names.length, pages], [5, 2]);
      const some = await node.done<{ rows: { name: string }[] }>(
        'read-sealed',
        { names: ['way/recovery', 'item/none', 'version/big/3'] },
        ann,
      );
      assert.deepEqual(
        some.rows.map((row) => row.name),
        ['way/recovery', 'version/big/3'],
      );
      const wrong = [
        { put: [{ name: 'version/big/6', octets: octetsOf('x', big + 1) }] },
        { put: [{ name: 'item/../x', octets: octetsOf('x') }] },
        { put: [1, 2].map(() => ({ name: 'item/x', octets: octetsOf('x') })) },
        { put: [1, 2, 3].map((n) => ({ name: `item/x${n}`, octets: octetsOf('x', big) })) },
      ];
      for (const input of wrong)
        assert.equal(await code('write-sealed', { ...input, ...(await at(device)) }), 'input-invalid');
      const ways = (await device.shown()).ways.map((way) => way.name);
      assert.equal(await code('write-sealed', { remove: ways, ...(await at(device)) }), 'way-missing');
      await setTotals(node, home, { octets: SEALED_LIMITS.octets - 10 });
      const full = { put: [{ name: 'item/one-more', octets: octetsOf('x') }], ...(await at(device)) };
      assert.equal(await code('write-sealed', full), 'vault-full');
      await setTotals(node, home, await totals(node, home));
      await device.step('write-sealed', { remove: names });
      const { vault } = await rowsOf(node, home);
      assert.deepEqual({ objects: vault?.objects, octets: vault?.octets }, await totals(node, home));
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
      node.clock?.advance(31 * 86_400_000);
      await device.step('write-sealed');
      assert.equal(await device.mode('size'), 'sealed');
    });
  });
}

/** The counter that is in force, and another statement. */
async function at(device: Device): Promise<{ expects: number; statement: string }> {
  const expects = (await device.shown()).vault?.counter ?? 0;
  return { expects, statement: octetsOf(`statement ${expects + 1}`) };
}

/** Every operation that would write something of contact, whose last item lies in the trash. */
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

/** The keys of a category as the node has them, as they stand in its file. */
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

async function rowsOf(node: TestNode, home: string) {
  return node.deps.storage.read(async (view) => {
    const db = tables<SealedTables>(view);
    return {
      vault: await db.selectFrom('sealed_vaults').selectAll().where('home_id', '=', home).executeTakeFirst(),
      objects: await db
        .selectFrom('sealed_objects')
        .selectAll()
        .where('home_id', '=', home)
        .orderBy('name')
        .execute(),
      categories: await db
        .selectFrom('sealed_categories')
        .selectAll()
        .where('home_id', '=', home)
        .orderBy('category')
        .execute(),
    };
  });
}

async function totals(node: TestNode, home: string): Promise<{ objects: number; octets: number }> {
  const { objects } = await rowsOf(node, home);
  return { objects: objects.length, octets: objects.reduce((sum, row) => sum + row.octets.length, 0) };
}

async function setTotals(node: TestNode, home: string, to: { octets: number }): Promise<void> {
  await node.deps.storage.transact(home, (tx) =>
    tables<SealedTables>(tx).updateTable('sealed_vaults').set(to).where('home_id', '=', home).execute(),
  );
}

/** Every value of every row, and of SQLite the octets of its file and of its log. */
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
