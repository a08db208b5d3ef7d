import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import type { StreamDownload } from '../kernel/download.ts';
import type { FileStands } from './model.ts';
import { as, MIB, octetsOf, openShelf, type Shelf } from './testing.ts';

for (const engine of engines()) {
  describe(`files whose rows were changed on ${engine}`, () => {
    let shelf: Shelf;
    before(async () => {
      shelf = await openShelf(engine);
    });
    after(() => shelf.node.close());

    test('parts that were exchanged, cut, dropped, mixed or put back do not open, and are told', async () => {
      const { node, home, addFile, download, refused, db, partsIn, write } = shelf;
      const all = octetsOf(2 * MIB + 100, 2);
      const { id } = await addFile(all);
      const other = await addFile(octetsOf(all.length, 3));
      const parts = await partsIn(id);
      const [one, two, three] = parts.map((it) => it.octets);
      const [ofOther] = (await partsIn(other.id)).map((it) => it.octets);
      assert.ok(one && two && three && ofOther);
      const broken = async (what: string, number: number): Promise<void> => {
        assert.equal(await refused('read-file-part', { id, number }), 'file-broken', what);
      };
      const changed = Uint8Array.from(one);
      changed[500] = (changed[500] ?? 0) ^ 1;
      for (const [what, octets] of [
        ['another part of it', two],
        ['a part of another file', ofOther],
        ['one bit', changed],
        ['cut', one.subarray(0, one.length - 1)],
      ] as const) {
        await write(id, 1, octets);
        await broken(what, 1);
        assert.equal(await refused('read-file', { id }), 'file-broken', what);
      }
      await write(id, 1, one);
      await write(id, 2, one);
      const stream = await node.done<StreamDownload>('read-file', { id }, as);
      await assert.rejects(async () => {
        let taken = 0;
        for await (const chunk of stream.octets) taken += chunk.length;
        assert.fail(`the whole came: ${taken}`);
      }, /does not open/);
      await write(id, 2, two);
      // The end cut off, and the row made to fit it: the first part says how many there are.
      const shorter = (octets: number, count: number) =>
        db((it) =>
          it
            .updateTable('files')
            .set({ octets, parts: count })
            .where('home_id', '=', home)
            .where('id', '=', id)
            .execute(),
        );
      await db((it) => it.deleteFrom('file_parts').where('file', '=', id).where('number', '=', 3).execute());
      assert.equal(await refused('read-file', { id }), 'file-broken');
      await shorter(2 * MIB, 2);
      assert.equal(await refused('read-file', { id }), 'file-broken');
      await broken('with fewer parts', 1);
      await shorter(all.length, 3);
      await db((it) =>
        it.insertInto('file_parts').values({ home_id: home, file: id, number: 3, octets: three }).execute(),
      );
      assert.ok((await download('read-file', { id })).equals(all), 'as it was before, it opens');
    });

    test('a row that says of itself what cannot be takes no memory, and can be removed', async () => {
      const { node, addFile, refused, list, db } = shelf;
      const { id } = await addFile(octetsOf(5, 6));
      for (const [octets, parts] of [
        [5, 2 ** 31 - 1],
        [-1, 1],
        [2 ** 40, 2 ** 20],
      ] as const) {
        await db((it) => it.updateTable('files').set({ octets, parts }).where('id', '=', id).execute());
        assert.equal(await refused('show-file', { id }), 'file-broken');
      }
      assert.equal((await list()).rows.find((it) => it.id === id)?.octets, 0);
      await node.done('remove-files', { ids: [id] }, as);
      await node.done('empty-file-trash', {}, as);
      assert.equal(await refused('show-file', { id }), 'file-unknown');
    });

    test('a file that has the name of another one is shown without any, and not given out', async () => {
      const { node, addFile, refused, db } = shelf;
      const [{ id }, other] = [await addFile(octetsOf(5, 4)), await addFile(octetsOf(5, 5))];
      const keyOf = (file: string) =>
        db((it) =>
          it
            .selectFrom('files')
            .select(['file_key', 'head'])
            .where('id', '=', file)
            .executeTakeFirstOrThrow(),
        );
      const theirs = await keyOf(other.id);
      await db((it) => it.updateTable('files').set({ head: theirs.head }).where('id', '=', id).execute());
      assert.equal(await refused('read-file', { id }), 'file-broken');
      const shown = await node.done<FileStands>('show-file', { id }, as);
      assert.equal(shown.name, undefined);
    });
  });
}
