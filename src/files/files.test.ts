import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import { engines } from '../../test/harness/test-deps.ts';
import type { StreamDownload } from '../kernel/download.ts';
import type { Told } from '../kernel/many.ts';
import { must } from '../kernel/result.ts';
import { DAY_MS, FILE_LIMITS } from './limits.ts';
import type { FileShown, FileStands } from './model.ts';
import { cancelFile, eraseFiles } from './remove-files.ts';
import { cleanName } from './rules.ts';
import { insertFile, putPart, shred, sumFiles, updateFile } from './store.ts';
import { sweepFiles } from './sweep-files.ts';
import { as, MIB, octetsOf, openShelf, partOf, type Shelf, sha256 } from './testing.ts';

test('a name is cut at 200 octets, as file systems count, between characters, and keeps its ending', () => {
  const long = cleanName(`${'あ'.repeat(120)}🎺.pdf`);
  assert.ok(Buffer.byteLength(long) <= FILE_LIMITS.nameBytes && Buffer.byteLength(long) > 190, long);
  assert.match(long, /^あ+\.pdf$/);
  assert.equal(cleanName(`${'a'.repeat(199)}🎺`), 'a'.repeat(199));
  assert.equal(cleanName(`${'a'.repeat(198)}. b`), 'a'.repeat(198));
});

for (const engine of engines()) {
  describe(`files on ${engine}`, () => {
    let shelf: Shelf;
    before(async () => {
      shelf = await openShelf(engine);
    });
    after(() => shelf.node.close());

    test('parts come in any order, again, and over a restart; then the file is whole, octet for octet', async () => {
      const { node, begin, put, download, list, refused } = shelf;
      const all = octetsOf(2 * MIB + 5, 1);
      const mark = { mark: 'a mark of my own', type: 'Text/HTML; charset=utf-8' };
      const begun = await begin(all.length, { name: '../../Ghent \u202e.pdf', ...mark });
      assert.deepEqual(
        [begun.name, begun.type, begun.parts, begun.missing],
        ['Ghent .pdf', 'text/html', 3, [1, 2, 3]],
      );
      await put(begun.id, octetsOf(all.length, 9), 3);
      await put(begun.id, all, 3);
      assert.equal(await refused('read-file', { id: begun.id }), 'file-begun-only');
      await node.reopen();
      const again = await begin(all.length, mark);
      assert.deepEqual([again.id, again.missing], [begun.id, [1, 2]], 'the same mark and length go on');
      await put(begun.id, all, 1);
      assert.equal(await refused('finish-file', { id: begun.id }), 'file-begun-only');
      assert.equal((await list()).total, 0);
      await put(begun.id, octetsOf(all.length, 9), 2);
      const meant = { id: begun.id, sha256: sha256(all) };
      assert.equal(await refused('finish-file', meant), 'file-differs');
      await put(begun.id, all, 2);
      const done = await node.done<FileShown>('finish-file', meant, as);
      assert.deepEqual([done.state, done.sha256], ['whole', sha256(all)]);
      assert.deepEqual(await node.done('finish-file', meant, as), done, 'again is the same');
      assert.equal(
        await refused('put-file-part', { id: begun.id, number: 1, file: partOf(all, 1) }),
        'file-present',
      );
      assert.ok((await download('read-file', { id: begun.id })).equals(all));
      assert.ok((await download('read-file-part', { id: begun.id, number: 3 })).equals(partOf(all, 3)));
      assert.deepEqual((await list()).rows, [done]);
      assert.notEqual((await begin(all.length, mark)).id, begun.id, 'a whole file is not gone on with');
      // Told by its octets it is the same, under its name: the last answer may have been lost.
      const told = await begin(all.length, { mark: sha256(all), name: 'Ghent .pdf' });
      assert.deepEqual([told.id, told.state, told.missing], [begun.id, 'whole', []]);
      assert.notEqual((await begin(all.length, { mark: sha256(all), name: 'other.pdf' })).id, begun.id);
    });

    test('an empty file is a file; a part of another length is none', async () => {
      const { node, begin, addFile, download, refused } = shelf;
      const empty = await addFile(new Uint8Array(0));
      assert.equal((await download('read-file', { id: empty.id })).length, 0);
      const { id } = await begin(MIB + 1);
      for (const [number, length, code] of [
        [1, MIB - 1, 'part-unfit'],
        [2, 2, 'part-unfit'],
        [3, 1, 'part-unknown'],
      ] as const) {
        assert.equal(await refused('put-file-part', { id, number, file: new Uint8Array(length) }), code);
      }
      await node.done('cancel-file', { id }, as);
      assert.equal(await refused('show-file', { id }), 'file-unknown');
      const most = FILE_LIMITS.fileBytes;
      const edge = await begin(most);
      assert.equal(edge.parts, 1024);
      await node.done('cancel-file', { id: edge.id }, as);
      assert.equal(await refused('begin-file', { name: 'x', octets: most + 1 }), 'input-invalid');
    });

    test('nothing of a name or a part stands in the database as it is', async () => {
      const { addFile, db, partsIn } = shelf;
      const all = octetsOf(300, 5);
      const { id } = await addFile(all, { name: 'the recipe of the soup.txt' });
      const row = await db((it) =>
        it.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
      );
      const kept = Buffer.concat([
        row.head ?? new Uint8Array(),
        ...(await partsIn(id)).map((it) => it.octets),
      ]);
      assert.equal(kept.includes('soup'), false);
      assert.equal(kept.includes(Buffer.from(all.subarray(0, 8))), false);
    });

    test('files are renamed, go into the trash and back, and what is erased leaves no part', async () => {
      const { node, addFile, download, list, refused, partsIn } = shelf;
      const all = octetsOf(10, 4);
      const { id } = await addFile(all, { name: 'old.txt' });
      const renamed = await node.done<FileShown>('rename-file', { id, name: '.new: name.txt ' }, as);
      assert.equal(renamed.name, 'new name.txt');
      assert.deepEqual(
        (await list({ search: 'NÉW name' })).rows.map((it) => it.id),
        [id],
      );
      const told = await node.done<Told>('remove-files', { ids: [id, 'none'] }, as);
      assert.deepEqual([told.done, told.not.map((it) => it.code)], [[id], ['file-unknown']]);
      assert.equal(await refused('rename-file', { id, name: 'x' }), 'file-trashed');
      assert.equal((await list({ trashed: true })).rows[0]?.name, 'new name.txt');
      await node.done('restore-files', { ids: [id] }, as);
      assert.ok((await download('read-file', { id })).equals(all));
      await node.done('remove-files', { ids: [id] }, as);
      assert.deepEqual(await node.done('empty-file-trash', {}, as), { erased: 1 });
      assert.equal(await refused('read-file', { id }), 'file-unknown');
      assert.deepEqual(await partsIn(id), []);
    });

    test('what nobody goes on with goes after seven days, what is in the trash after thirty', async () => {
      const { node, home, begin, put, addFile, list, partsIn } = shelf;
      const { id: idle } = await begin(2 * MIB);
      await put(idle, octetsOf(2 * MIB, 6), 1);
      const { id: trashed } = await addFile(octetsOf(3, 7));
      await node.done('remove-files', { ids: [trashed] }, as);
      node.clock?.advance(FILE_LIMITS.underWayDays * DAY_MS);
      await sweepFiles(node.deps, home);
      assert.equal((await partsIn(idle)).length, 1, 'on the seventh day it is there');
      node.clock?.advance(1);
      await sweepFiles(node.deps, home);
      assert.deepEqual(await partsIn(idle), []);
      assert.equal((await partsIn(trashed)).length, 1);
      node.clock?.advance((FILE_LIMITS.trashDays - FILE_LIMITS.underWayDays) * DAY_MS);
      assert.equal((await list({ trashed: true })).total, 0);
      await sweepFiles(node.deps, home);
      assert.deepEqual(await partsIn(trashed), []);
    });

    test('ten thousand are listed page by page; there is an end of room', async () => {
      const { node, home, begin, addFile, list, refused, db } = shelf;
      const first = await addFile(octetsOf(1, 8), { name: 'the first' });
      await node.party('ann');
      const row = await db((it) =>
        it.selectFrom('files').selectAll().where('id', '=', first.id).executeTakeFirstOrThrow(),
      );
      await node.deps.storage.transact(home, async (tx) => {
        // Rows without keys: what is listed of them is that they do not open.
        for (let at = 0; at < 10_000; at++) {
          await insertFile(tx, { ...row, id: `many-${at}`, made_at: row.made_at - 1 - (at % 100) });
        }
      });
      const began = performance.now();
      const page = await list({ limit: 200 });
      const took = performance.now() - began;
      assert.equal(page.rows[0]?.name, 'the first');
      assert.ok(page.total > 10_000 && took < 1_000, `${took} ms`);
      const seen = new Set<string>();
      for (let after: string | undefined, more = true; more; ) {
        const next = await list({ idsOnly: true, ...(after !== undefined && { after }) });
        for (const id of next.ids ?? []) seen.add(id);
        after = next.next;
        more = after !== undefined;
      }
      assert.equal(seen.size, page.total);
      assert.equal(await refused('list-files', { after: 'x' }), 'cursor-unknown');
      let turns = 0;
      const others = setInterval(() => turns++, 0);
      assert.deepEqual((await list({ search: 'nowhere' })).rows, []);
      clearInterval(others);
      assert.ok(turns > 10, `while all names are looked through others come to their turn: ${turns}`);
      const fits = FILE_LIMITS.octets - FILE_LIMITS.fileBytes;
      await db((it) =>
        it
          .updateTable('files')
          .set({ octets: fits - 10_000 })
          .where('id', '=', 'many-1')
          .execute(),
      );
      assert.equal(await refused('begin-file', { name: 'x', octets: FILE_LIMITS.fileBytes }), 'files-full');
      await db((it) =>
        it.deleteFrom('files').where('home_id', '=', home).where('id', 'like', 'many-%').execute(),
      );
      for (let at = 0; at < FILE_LIMITS.underWay; at++) await begin(1);
      assert.equal(await refused('begin-file', { name: 'x', octets: 1 }), 'files-busy');
    });

    test('erased parts take their room until they are gone', async () => {
      const { node } = shelf;
      const zoe = { as: 'zoe' };
      const her = await node.party('zoe');
      const begin = { mode: 'sealed', octets: 800 };
      const { id } = await node.done<FileStands>('begin-file', { mode: 'sealed', octets: 600 * MIB }, zoe);
      const full = await node.done<FileStands>('begin-file', begin, zoe);
      await node.deps.storage.transact(her, async (tx) => {
        for (let number = 1; number <= 600; number++) await putPart(tx, id, number, new Uint8Array(10));
        await updateFile(tx, full.id, { octets: FILE_LIMITS.octets - 1_000 });
      });
      await node.done('cancel-file', { id }, zoe); // 256 parts go with that, and as many with every begin without room
      assert.equal((await node.refused('begin-file', begin, zoe)).code, 'files-full');
      await node.done('begin-file', begin, zoe);
    });

    test('whether there is room is asked of no part while nothing is erased, and then of the erased ones alone', async () => {
      const { node } = shelf;
      const home = await node.party('yan');
      const begin = () => node.done<FileStands>('begin-file', { mode: 'sealed', octets: 9 }, { as: 'yan' });
      const [erased, kept] = [await begin(), await begin()];
      await node.deps.storage.transact(home, async (tx) => {
        for (const { id } of [erased, kept]) await putPart(tx, id, 1, new Uint8Array(20));
      });
      const sum = () =>
        node.deps.storage.read(async ({ db }) => {
          const asked: string[] = [];
          const note: KyselyPlugin = {
            transformQuery({ node }) {
              asked.push(JSON.stringify(node));
              return node;
            },
            transformResult: async ({ result }) => result,
          };
          const value = await sumFiles({ db: db.withPlugin(note) }, home);
          return { ...value, walks: asked.some((it) => it.includes('"file_parts"')) };
        });
      assert.deepEqual(await sum(), { files: 2, octets: 18, walks: false });
      await node.deps.storage.transact(home, (tx) => shred(tx, [erased.id]));
      assert.deepEqual(await sum(), { files: 1, octets: 9 + 20, walks: true });
      await node.done('cancel-file', { id: kept.id }, { as: 'yan' });
    });

    test('a sealed file is taken as it is: the node knows how long it is, and nothing else', async () => {
      const { node } = shelf;
      const ben = await node.party(`ben`);
      const bens = { as: 'ben' };
      assert.ok(ben);
      const named = { mode: 'sealed', octets: 5, name: 'secret.txt' };
      assert.equal((await node.refused('begin-file', named, bens)).code, 'input-invalid');
      const { id } = await node.done<FileStands>('begin-file', { mode: 'sealed', octets: 5 }, bens);
      const octets = octetsOf(5 + FILE_LIMITS.sealBytes, 9);
      const plain = { id, number: 1, file: octets.subarray(0, 5) };
      assert.equal((await node.refused('put-file-part', plain, bens)).code, 'part-unfit');
      const first = { id, number: 1 };
      assert.equal((await node.refused('read-file-part', first, bens)).code, 'file-begun-only');
      await node.done('put-file-part', { ...first, file: octets }, bens);
      // A device that goes on with it holds against its own what was sent before.
      const sent = await node.done<StreamDownload>('read-file-part', first, bens);
      for await (const chunk of sent.octets) assert.deepEqual(chunk, octets);
      const done = await node.done<FileShown>('finish-file', { id }, bens);
      assert.deepEqual([done.mode, done.name, done.sha256], ['sealed', undefined, undefined]);
      assert.equal((await node.refused('read-file', { id }, bens)).code, 'file-sealed');
      // Only devices know what of it is wanted: no trash of the node has it, and no program erases it.
      const whyNot = (told: Told) => told.not.map((it) => it.code);
      const ids = { ids: [id] };
      assert.deepEqual(whyNot(await node.done<Told>('remove-files', ids, bens)), ['file-sealed']);
      assert.deepEqual(whyNot(await node.done<Told>('restore-files', ids, bens)), ['file-sealed']);
      const program = { home: ben, isOperator: false, scopes: ['reads', 'writes'] } as const;
      assert.deepEqual(whyNot(must(await eraseFiles(node.deps, program, ids))), ['file-sealed']);
      const begun = await node.done<FileStands>('begin-file', { mode: 'sealed', octets: 5 }, bens);
      const cancelled = await cancelFile(node.deps, program, { id: begun.id });
      assert.equal(cancelled.ok ? 'ok' : cancelled.code, 'file-sealed');
      await node.done('cancel-file', { id: begun.id }, bens);
      const it = await node.done<StreamDownload>('read-file-part', first, bens);
      for await (const chunk of it.octets) assert.deepEqual(chunk, octets);
      const theirs = await node.refused('read-file-part', first, as);
      assert.equal(theirs.code, 'file-unknown', 'of somebody else nothing is read');
    });
  });
}
