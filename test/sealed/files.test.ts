import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Vault } from '../../device/index.ts';
import { FILE_LIMITS } from '../../src/files/index.ts';
import { isFailure, must, type Result } from '../../src/kernel/result.ts';
import { tables } from '../../src/storage/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { deviceOf, sealedParty, type TestDevice } from './device.ts';

const MIB = FILE_LIMITS.partBytes;
const NAME = 'The will of my aunt.pdf';
const octetsOf = (length: number, salt: string): Uint8Array =>
  new Uint8Array(Buffer.alloc(length, createHash('sha512').update(salt).digest()));
const ALL = octetsOf(2 * MIB + 7, 'a will');
const partOf = (number: number, all = ALL) => all.subarray((number - 1) * MIB, number * MIB);
/** One operation does not come through. */
const failing =
  (lost: string): TestDevice['between'] =>
  (call) =>
  async (operation, input) =>
    operation === lost
      ? { ok: false, code: 'node-unreachable', message: '', next: '' }
      : call(operation, input);
const codeOf = (result: Result<unknown>): string => (isFailure(result) ? result.code : 'ok');

interface Parts {
  file_parts: { home_id: string; file: string; number: number; octets: Uint8Array };
}

for (const engine of engines()) {
  describe(`files that only devices open, on ${engine}`, () => {
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    const bens = { as: 'ben' };
    before(async () => {
      node = await startTestNode({ engine, seed: 'sealed-files', rehearse: false });
      ({ device, vault } = await sealedParty(node, 'ben'));
    });
    after(() => node.close());

    const add = async (all: Uint8Array, name: string, mark = name): Promise<string> => {
      const { id, missing } = must(await vault.files.begin({ name, octets: all.length, mark }));
      for (const number of missing) must(await vault.files.putPart(id, number, partOf(number, all)));
      must(await vault.files.finish(id));
      return id;
    };
    const read = async (id: string, parts: number, from = vault): Promise<Buffer> => {
      const all: Uint8Array[] = [];
      for (let number = 1; number <= parts; number++) all.push(must(await from.files.readPart(id, number)));
      return Buffer.concat(all);
    };
    const db = <T>(body: (db: ReturnType<typeof tables<Parts>>) => Promise<T>): Promise<T> =>
      node.deps.storage.transact(device.whose.home, (tx) => body(tables<Parts>(tx)));
    const parts = (file: string) =>
      db((it) =>
        it.selectFrom('file_parts').selectAll().where('file', '=', file).orderBy('number').execute(),
      );

    test('while the node can read a file, files are not sealed; then it takes none in the clear', async () => {
      assert.equal(codeOf(await vault.files.begin({ name: NAME, octets: 1, mark: 'x' })), 'category-served');
      const { id } = await node.done<{ id: string }>('begin-file', { name: 'open.txt', octets: 1 }, bens);
      assert.equal(codeOf(await vault.sealCategory('file')), 'files-present');
      await node.done('cancel-file', { id }, bens);
      must(await vault.sealCategory('file'));
      assert.equal(vault.categories().find((it) => it.category === 'file')?.mode, 'sealed');
      const open = await node.refused('begin-file', { name: 'open.txt', octets: 1 }, bens);
      assert.equal(open.code, 'category-sealed');
    });

    test('a file goes up in parts, over another device too, and comes back; the node learns how long it is', async () => {
      const begun = must(await vault.files.begin({ name: `../${NAME}`, octets: ALL.length, mark: 'will' }));
      must(await vault.files.putPart(begun.id, 2, partOf(2)));
      assert.equal(codeOf(await vault.files.putPart(begun.id, 1, partOf(3))), 'part-unfit');
      const other = must(await deviceOf(node, device.whose).open());
      const again = must(await other.files.begin({ name: NAME, octets: ALL.length, mark: 'will' }));
      assert.deepEqual([again.id, again.missing], [begun.id, [1, 3]]);
      assert.equal(codeOf(await other.files.finish(begun.id)), 'file-begun-only');
      for (const number of again.missing) must(await other.files.putPart(begun.id, number, partOf(number)));
      must(await other.files.finish(begun.id));
      assert.ok((await read(begun.id, 3, other)).equals(ALL));
      must(await vault.reload());
      const listed = must(await vault.files.list({ search: 'AUNT', limit: 10 }));
      assert.deepEqual(
        listed.rows.map(({ name, octets, parts }) => [name, octets, parts]),
        [[NAME, ALL.length, 3]],
      );
      assert.equal(vault.list({ limit: 10 }).total, 0, 'among items it is none');
      assert.deepEqual(must(await vault.get(begun.id)).value, NAME, 'what opens it is shown to nobody');
      const kept = Buffer.concat((await parts(begun.id)).map((it) => it.octets));
      assert.equal(kept.includes(Buffer.from(ALL.subarray(0, 16))), false);
      assert.equal(JSON.stringify(device.asked).includes('aunt'), false);
    });

    test('parts that were exchanged, cut, dropped or are of another file are told, and nothing of them is shown', async () => {
      const id = await add(ALL, 'one');
      const other = await add(octetsOf(ALL.length, 'other'), 'two');
      const [mine, theirs] = [await parts(id), await parts(other)];
      const [one, two] = mine.map((it) => it.octets);
      const ofOther = theirs[0]?.octets;
      assert.ok(one && two && ofOther);
      for (const [what, octets] of [
        ['another part', two],
        ['of another file', ofOther],
        ['cut', one.subarray(0, one.length - 1)],
        ['nothing', new Uint8Array(0)],
        ['one bit', one.map((octet, at) => (at === 99 ? octet ^ 1 : octet))],
      ] as const) {
        device.bend = async () => octets;
        assert.equal(codeOf(await vault.files.readPart(id, 1)), 'vault-broken', what);
      }
      device.bend = async (octets) => octets;
      // The node says that the file is shorter: the device knows how long it is.
      await db((it) => it.deleteFrom('file_parts').where('file', '=', id).where('number', '=', 3).execute());
      assert.equal(codeOf(await vault.files.readPart(id, 3)), 'file-broken');
      assert.ok((await vault.files.readPart(id, 1)).ok);
    });

    test('it is renamed, goes into the trash and back; what is erased leaves no part, nor does what lost its item', async () => {
      const id = await add(octetsOf(3, 'small'), 'small');
      must(await vault.files.rename(id, 'Small.txt'));
      assert.equal(must(await vault.files.get(id)).name, 'Small.txt');
      assert.equal((await read(id, 1)).length, 3);
      must(await vault.trash([id]));
      assert.deepEqual(
        must(await vault.files.list({ trashed: true, limit: 10 })).rows.map((it) => it.id),
        [id],
      );
      must(await vault.restore([id]));
      const asked = device.asked.length;
      assert.ok(must(vault.files.ids({ search: 'SMALL.txt' })).includes(id));
      assert.deepEqual(must(vault.files.ids({ trashed: true })), []);
      assert.equal(device.asked.length, asked, 'ids are taken from what is open here');
      assert.deepEqual(must(await vault.files.erase([id])).not.length, 1, 'what is in use is not erased');
      must(await vault.trash([id]));
      assert.deepEqual(must(await vault.files.erase([id])).done, [id]);
      assert.deepEqual(await parts(id), []);
      const lost = await add(octetsOf(3, 'lost'), 'lost');
      must(await vault.trash([lost]));
      device.between = failing('erase-files');
      must(await vault.erase([lost]));
      device.between = (it) => it;
      assert.equal((await parts(lost)).length, 1);
      must(await vault.files.tidy());
      assert.deepEqual(await parts(lost), []);
      assert.equal(must(await vault.files.list({ limit: 10 })).total, 3, 'the others are there');
      assert.equal(codeOf(await vault.serveCategory('file')), 'files-present');
    });

    test('a file is one once it is whole: what stopped before goes, what only lost its answer is there', async () => {
      const total = async () => must(await vault.files.list({ limit: 10 })).total;
      const before = await total();
      const file = { name: 'stopped.pdf', octets: MIB + 1, mark: 'stopped' };
      const { id } = must(await vault.files.begin(file));
      must(await vault.files.putPart(id, 1, partOf(1)));
      assert.equal(codeOf(await vault.files.get(id)), 'file-begun-only');
      await node.done('cancel-file', { id }, bens);
      assert.equal(await total(), before, 'what the node let go of is no file');
      must(await vault.files.tidy());
      assert.deepEqual(must(await vault.files.begun()), []);

      const mark = createHash('sha256').update(octetsOf(9, 'late')).digest('hex');
      const late = { name: 'late.pdf', octets: 9, mark };
      const begun = must(await vault.files.begin(late));
      must(await vault.files.putPart(begun.id, 1, octetsOf(9, 'late')));
      device.between = failing('write-sealed');
      assert.equal(codeOf(await vault.files.finish(begun.id, mark)), 'node-unreachable');
      device.between = (it) => it;
      assert.equal(await total(), before);
      const again = must(await vault.files.begin(late));
      assert.deepEqual([again.id, again.missing], [begun.id, []]);
      must(await vault.files.finish(begun.id, mark));
      assert.equal(await total(), before + 1);
      assert.equal(must(await vault.files.begin(late)).id, begun.id, 'once more it is the same');
      assert.equal(must(await vault.files.get(begun.id)).sha256, mark);

      const page = must(await deviceOf(node, device.whose).open());
      const tidied = must(await vault.files.begin({ ...late, name: 'tidied.pdf' }));
      must(await vault.files.putPart(tidied.id, 1, octetsOf(9, 'late')));
      device.between = failing('write-sealed');
      assert.equal(codeOf(await vault.files.finish(tidied.id, mark)), 'node-unreachable');
      device.between = (it) => it;
      must(await page.files.tidy());
      const same = must(await vault.files.begin({ ...late, name: 'tidied.pdf' }));
      assert.deepEqual([same.id, same.missing], [tidied.id, []], 'nothing is sent again');
      const kept = must(await vault.files.get(tidied.id)).sha256;
      assert.equal(kept, mark, 'the node alone said that all is there: what is saved is held against it');

      const other = must(await vault.files.begin({ name: 'other.pdf', octets: 9, mark: 'other' }));
      device.between = failing('erase-files');
      assert.equal(codeOf(await vault.files.cancel(other.id)), 'node-unreachable');
      device.between = (it) => it;
      assert.deepEqual(must(await vault.files.begun()), [], 'its key goes first');
      must(await vault.files.cancel(other.id));
      assert.equal((await node.refused('show-file', { id: other.id }, bens)).code, 'file-unknown');
      assert.equal(codeOf(await vault.files.cancel(begun.id)), 'file-present');
    });

    test('what left the trash by time is freed, over pages, before there is said to be no room', async () => {
      const id = await add(octetsOf(4, 'old'), 'old');
      must(await vault.trash([id]));
      node.clock?.advance(31 * 86_400_000);
      let isFull = true;
      device.between = (call) => async (operation, input) => {
        if (operation === 'begin-file' && isFull) {
          isFull = false;
          return { ok: false, code: 'files-full', message: '', next: '' };
        }
        if (operation !== 'list-files' || 'after' in input) return call(operation, input);
        return { ok: true, value: { ids: [], next: 'the second page' } };
      };
      const pages = device.between;
      device.between = (call) =>
        pages((operation, input) => {
          const { after: _, ...rest } = input as { after?: string }; // the node has one page
          return call(operation, rest);
        });
      const begun = must(await vault.files.begin({ name: 'new.pdf', octets: 4, mark: 'new' }));
      device.between = (it) => it;
      assert.deepEqual(await parts(id), []);
      must(await vault.files.cancel(begun.id));
    });

    test('another device renames a file meanwhile, or erases it: what is read of it is no false alarm', async () => {
      const id = await add(octetsOf(6, 'moved'), 'moved');
      const other = must(await deviceOf(node, device.whose).open());
      must(await vault.files.rename(id, 'moved.txt'));
      assert.equal((await read(id, 1, other)).length, 6);
      must(await vault.trash([id]));
      must(await vault.files.erase([id]));
      assert.equal(codeOf(await other.files.readPart(id, 1)), 'file-unknown');
      other.close();
      assert.equal(codeOf(await other.files.readPart(id, 1)), 'vault-closed');
    });

    test('with the last file erased the node reads them again, also where one was begun and is gone', async () => {
      const ids = must(await vault.files.list({ limit: 100 })).rows.map((it) => it.id);
      must(await vault.trash(ids));
      must(await vault.files.erase(ids));
      const { id } = must(await vault.files.begin({ name: 'gone.pdf', octets: 4, mark: 'gone' }));
      assert.equal(codeOf(await vault.serveCategory('file')), 'files-present');
      await node.done('cancel-file', { id }, bens);
      must(await vault.serveCategory('file'));
      const open = await node.done<{ id: string }>('begin-file', { name: 'open.txt', octets: 1 }, bens);
      await node.done('cancel-file', { id: open.id }, bens);
      must(await vault.sealCategory('file'));
    });

    test('after the passphrase was changed files open as before, and a vault of before is told', async () => {
      const id = await add(octetsOf(5, 'later'), 'later');
      must(await vault.changePassphrase('a longer walk by the river', 'another walk by the river'));
      const again = must(
        await deviceOf(node, device.whose).open({ passphrase: 'another walk by the river' }),
      );
      assert.ok((await read(id, 1, again)).equals(octetsOf(5, 'later')));
    });
  });
}
