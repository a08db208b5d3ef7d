import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { beginFile } from '../../src/files/begin-file.ts';
import { finishFile } from '../../src/files/finish-file.ts';
import { FILE_LIMITS } from '../../src/files/limits.ts';
import { putFilePart } from '../../src/files/put-file-part.ts';
import { readFile } from '../../src/files/read-file.ts';
import { openPart, sealPart } from '../../src/files/sealing.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { assert, must } from '../../src/kernel/result.ts';
import { settle } from '../../src/vault/testing.ts';
import { actAs, openTestDeps } from '../../test/harness/test-deps.ts';
import { inTurns, type Row } from '../print.ts';

const PARTS = 64;
const MIB = FILE_LIMITS.partBytes;
const HOME = 'maya';

/**
 * A part of a file sealed and opened beside the bare cipher over the same octets, and a file of 64 MiB through the room: with
 * everything that a database does to have it for good.
 */
export async function filesAtRest(): Promise<Row[]> {
  return [...seals(), ...(await through())];
}

function seals(): Row[] {
  const plain = new Uint8Array(randomBytes(MIB));
  const key = systemRandom.bytes(32);
  const file = { home_id: HOME, id: 'f'.repeat(26), parts: PARTS, octets: PARTS * MIB };
  const sealed = sealPart(key, file, 7, plain, systemRandom);
  const bare = bareSealed(key, plain);
  const [seal, bareSeal] = inTurns(
    () => sealPart(key, file, 7, plain, systemRandom),
    () => bareSealed(key, plain),
  );
  const [open, bareOpen] = inTurns(
    () => assert(openPart(key, file, 7, sealed), 'it opens'),
    () => bareOpened(key, bare),
  );
  return [...beside('sealed', seal, bareSeal), ...beside('opened', open, bareOpen)];
}

function beside(what: string, ours: number, bare: number): Row[] {
  const megabytes = (rate: number): string => `${((rate * MIB) / 1e6).toFixed(0)} MB/s`;
  return [
    [`parts of files ${what}`, megabytes(ours), '', true],
    ['  beside the bare calls of node:crypto', megabytes(bare), '', true],
    // A megabyte of fresh memory for each answer costs more than the cipher: the share is told and held against nothing.
    ['  as a share of those', (ours / bare).toFixed(2), '', true],
  ];
}

async function through(): Promise<Row[]> {
  const deps = await openTestDeps('sqlite', 'bench-files', false);
  try {
    await settle(deps, [HOME]);
    const actor = actAs(HOME);
    const octets = PARTS * MIB;
    const { id } = must(await beginFile(deps, actor, { name: 'film.mkv', octets, mode: 'served' }));
    const part = new Uint8Array(randomBytes(MIB));
    const [put] = await timed(octets, async () => {
      for (let number = 1; number <= PARTS; number++)
        must(await putFilePart(deps, actor, { id, number, file: part }));
    });
    const [finished] = await timed(octets, async () => must(await finishFile(deps, actor, { id })));
    const [read, length] = await timed(octets, async () => {
      let length = 0;
      for await (const chunk of must(await readFile(deps, actor, { id })).octets) length += chunk.length;
      return length;
    });
    assert(length === octets, 'all of it came');
    return [
      ['a file of 64 MiB put through the room, on SQLite', put, '', true],
      ['  looked at from end to end, with its SHA-256', finished, '', true],
      ['  read', read, '', true],
    ];
  } finally {
    await deps.close();
  }
}

async function timed<T>(octets: number, work: () => Promise<T>): Promise<[string, T]> {
  const began = performance.now();
  const value = await work();
  return [`${(octets / 1e3 / (performance.now() - began)).toFixed(0)} MB/s`, value];
}

function bareSealed(key: Uint8Array, plain: Uint8Array): Buffer[] {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return [nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
}

function bareOpened(key: Uint8Array, [nonce, sealed, , tag]: Buffer[]): void {
  assert(nonce && sealed && tag, 'it was sealed so');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(tag);
  decipher.update(sealed);
  decipher.final();
}
