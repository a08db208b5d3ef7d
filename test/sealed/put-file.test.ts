import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Vault } from '../../device/index.ts';
import { putSealedFile } from '../../src/doors/cli/sealed/put-sealed-file.ts';
import { FILE_LIMITS } from '../../src/files/index.ts';
import { isFailure, must, ok } from '../../src/kernel/result.ts';
import { makeUpload } from '../../src/kernel/upload.ts';
import { tables } from '../../src/storage/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, OWN, sealedParty, type TestDevice } from './device.ts';

const MIB = FILE_LIMITS.partBytes;
const PARTS = 3;
const LENGTH = 2 * MIB + 7;
const filled = (value: number): Uint8Array => new Uint8Array(LENGTH).fill(value);
const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');

interface Rows {
  file_parts: { home_id: string; file: string; number: number; octets: Uint8Array };
}

for (const engine of engines()) {
  describe(`putting a file that only devices open, on ${engine}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-put-'));
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    before(async () => {
      node = await startTestNode({ engine, seed: 'put-sealed', rehearse: false });
      ({ device, vault } = await sealedParty(node, 'ben'));
      must(await vault.sealCategory('file'));
    });
    after(async () => {
      await node.close();
      rmSync(folder, { recursive: true });
    });

    /** A file on this disk, and the command that adds it: answers which parts the node took, and the code. */
    const fileOf = (name: string, octets: Uint8Array) => {
      const path = join(folder, name);
      writeFileSync(path, octets);
      const { send } = device;
      const put = async (meanwhile: (number: number) => void = () => {}) => {
        const sent: number[] = [];
        device.send = async (operation, input, part) => {
          const { number = 0 } = input as { number?: number }; // a part of a file
          const answer = await send(operation, input, part);
          if (answer.ok) sent.push(number);
          meanwhile(number);
          return answer;
        };
        const secrets = { isAsked: false, read: async () => ok(OWN) };
        const deps = { s: device, whose: device.whose, secrets, here: folder, out: undefined };
        const file = makeUpload(path, name, LENGTH, async () => {});
        const result = await putSealedFile({ ...deps, tell() {}, show() {} }, undefined, { file });
        device.send = send;
        return { result, sent, code: await codeOf(Promise.resolve(result)) };
      };
      return { path, put, named: { name, octets: LENGTH, mark: sha256(octets) } };
    };
    const read = async (id: string): Promise<Uint8Array> => {
      must(await vault.reload());
      const all: Uint8Array[] = [];
      for (let number = 1; number <= PARTS; number++) all.push(must(await vault.files.readPart(id, number)));
      return Buffer.concat(all);
    };
    const begun = async () => {
      must(await vault.reload());
      return must(await vault.files.begun()).length;
    };
    const parts = <T>(body: (db: ReturnType<typeof tables<Rows>>) => Promise<T>): Promise<T> =>
      node.deps.storage.transact(device.whose.home, (tx) => body(tables<Rows>(tx)));
    const lose = (file: string, number: number) =>
      parts((db) =>
        db.deleteFrom('file_parts').where('file', '=', file).where('number', '=', number).execute(),
      );

    test('what changed while it was sent is told, and nothing goes on with what was sent of it', async () => {
      const [old, other] = [filled(1), filled(2)];
      const { path, put } = fileOf('changed.pdf', old);
      const changed = await put((number) => number === 1 && writeFileSync(path, other));
      assert.equal(changed.code, 'file-differs');
      assert.equal(await begun(), 0);
      writeFileSync(path, old);
      const { result, sent } = await put();
      const file = must(result);
      assert.deepEqual([sent, file.sha256], [[1, 2, 3], sha256(old)]);
      assert.ok(Buffer.from(old).equals(await read(file.id)));
      const again = await put();
      assert.deepEqual([must(again.result).id, again.sent], [file.id, []], 'once more adds nothing');
    });

    test('a change that is taken back in time is told too, and so is a file that became shorter', async () => {
      const { path, put } = fileOf('back.pdf', filled(3));
      const back = await put((number) => writeFileSync(path, filled(number === 1 ? 4 : 3)));
      assert.equal(back.code, 'file-differs');
      const shorter = await put((number) => number === 2 && truncateSync(path, 9));
      assert.equal(shorter.code, 'file-differs');
      assert.equal(await begun(), 0);
    });

    test('parts that were sent before it stopped are held against the file, and sent again where they differ', async () => {
      const { put, named } = fileOf('stopped.pdf', filled(5));
      const { id } = must(await vault.files.begin(named));
      must(await vault.files.putPart(id, 1, filled(5).subarray(0, MIB)));
      must(await vault.files.putPart(id, 2, filled(6).subarray(0, MIB)));
      const { result, sent } = await put();
      assert.deepEqual([must(result).id, sent], [id, [2, 3]]);
      assert.ok(Buffer.from(filled(5)).equals(await read(id)));
    });

    test('a file of which the node has lost a part, or changed one, is added anew; the one before stays its owner’s', async () => {
      const { put } = fileOf('lost.pdf', filled(7));
      const first = must((await put()).result).id;
      await lose(first, 3);
      const second = must((await put()).result).id;
      assert.notEqual(second, first);
      assert.ok(Buffer.from(filled(7)).equals(await read(second)));
      await parts((db) =>
        db
          .updateTable('file_parts')
          .set({ octets: new Uint8Array(MIB + 28) })
          .where('file', '=', second)
          .where('number', '=', 1)
          .execute(),
      );
      const broken = await vault.files.readPart(second, 1);
      assert.ok(isFailure(broken) && broken.code === 'vault-broken');
      assert.match(broken.next, /^Add the file again/);
      const third = must((await put()).result).id;
      assert.ok(Buffer.from(filled(7)).equals(await read(third)));
      const again = await put();
      assert.deepEqual([must(again.result).id, again.sent], [third, []], 'the sound one is found');
      assert.equal(must(await vault.files.list({ search: 'lost.pdf', limit: 9 })).total, 3);
    });

    test('a file that the node had whole, and that was never said to be, begins anew when parts of it are lost', async () => {
      const { put, named } = fileOf('late.pdf', filled(8));
      device.between = (call) => async (operation, input) =>
        operation === 'finish-file'
          ? call(operation, input).then(() => ({
              ok: false,
              code: 'node-unreachable',
              message: '',
              next: '',
            }))
          : call(operation, input);
      assert.equal((await put()).code, 'node-unreachable');
      device.between = (it) => it;
      const { id, missing } = must(await vault.files.begin(named));
      assert.deepEqual(missing, []);
      await lose(id, 3);
      const anew = must(await vault.files.begin(named));
      assert.notEqual(anew.id, id);
      assert.deepEqual(anew.missing, [1, 2, 3]);
      assert.equal(must((await put()).result).id, anew.id);
      assert.equal(await begun(), 0);
      assert.equal((await node.refused('show-file', { id }, { as: 'ben' })).code, 'file-unknown');
    });

    test('a node that takes no part of what it has just begun is not asked for ever', async () => {
      const { send } = device;
      device.send = async () => ({ ok: false, code: 'file-present', message: '', next: '' });
      const { put } = fileOf('never.pdf', filled(9));
      assert.equal((await put()).code, 'file-present');
      device.send = send;
    });
  });
}
