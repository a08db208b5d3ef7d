import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Decrypter, Encrypter } from 'age-encryption';
import { seededRandom } from '../kernel/seeded-random.ts';
import { Damaged, openContainer, sealToFile } from './container.ts';
import type { Finding } from './model.ts';
import { QUICK, scratchFolder } from './testing.ts';

const folder = scratchFolder();
const random = seededRandom('container');
const PLAIN = random.bytes(150_000); // three blocks
const PASSPHRASE = 'a passphrase of mine';

async function* inPieces(octets: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
}

async function sealed(name: string, octets = PLAIN): Promise<string> {
  const path = join(folder, name);
  await sealToFile(path, inPieces(octets, 10_000), PASSPHRASE, QUICK, random);
  return path;
}

/** The octets, or what is wrong with them. */
async function opened(path: string, passphrase = PASSPHRASE): Promise<Buffer | Finding> {
  const container = await openContainer(path, passphrase);
  if ('place' in container) return container;
  try {
    const blocks: Uint8Array[] = [];
    for await (const block of container.blocks()) blocks.push(block);
    return Buffer.concat(blocks);
  } catch (error) {
    assert(error instanceof Damaged, String(error));
    return error.finding;
  }
}

function damagedCopy(path: string, change: (octets: Buffer) => Buffer): string {
  const copy = `${path}.damaged`;
  writeFileSync(copy, change(readFileSync(path)));
  return copy;
}

test('what is sealed opens again, more than once, and only with its passphrase', async () => {
  const path = await sealed('again');
  const container = await openContainer(path, PASSPHRASE);
  assert('blocks' in container);
  for (let round = 0; round < 2; round++) {
    const blocks: Uint8Array[] = [];
    for await (const block of container.blocks()) blocks.push(block);
    assert.deepEqual(Buffer.concat(blocks), Buffer.from(PLAIN));
  }
  const wrong = await opened(path, 'a passphrase of yours');
  assert('place' in wrong);
  assert.deepEqual([wrong.place, wrong.code], ['header', 'locked']);
});

test('it is an age file: another implementation opens ours, and ours opens another one’s', async () => {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(PASSPHRASE);
  assert.deepEqual(
    Buffer.from(await decrypter.decrypt(readFileSync(await sealed('ours')))),
    Buffer.from(PLAIN),
  );
  const encrypter = new Encrypter();
  encrypter.setPassphrase(PASSPHRASE);
  encrypter.setScryptWorkFactor(QUICK);
  const theirs = join(folder, 'theirs');
  writeFileSync(theirs, await encrypter.encrypt(PLAIN));
  assert.deepEqual(await opened(theirs), Buffer.from(PLAIN));
});

test('a passphrase typed in another normal form is the same one', async () => {
  const path = join(folder, 'normal-form');
  await sealToFile(path, inPieces(PLAIN, 50_000), 'crème brûlée'.normalize('NFD'), QUICK, random);
  assert.deepEqual(await opened(path, 'crème brûlée'.normalize('NFC')), Buffer.from(PLAIN));
});

test('a flipped bit anywhere is refused, and the place named holds it', async () => {
  const path = await sealed('flips');
  const size = readFileSync(path).length;
  const places = new Set<string>();
  // Every octet of the header and of the nonce after it, and many of the rest.
  const offsets = [...Array(180).keys(), ...Array.from({ length: 200 }, () => random.below(size)), size - 1];
  for (const offset of offsets) {
    const found = await opened(
      damagedCopy(path, (octets) => {
        octets[offset] = (octets[offset] ?? 0) ^ (1 << random.below(8));
        return octets;
      }),
    );
    assert('place' in found, `a flip at ${offset} was not found`);
    places.add(found.place.split(' (')[0] ?? '');
    const [, first, last] = /bytes (\d+)-(\d+)/.exec(found.place) ?? [];
    if (first === undefined) assert.ok(found.place === 'header' && offset < 160, `${offset}: ${found.place}`);
    else assert.ok(Number(first) <= offset && offset <= Number(last), `${offset}: ${found.place}`);
  }
  assert.deepEqual([...places].sort(), ['block 1', 'block 2', 'block 3', 'header']);
});

test('a file that is cut off or that goes on is refused with its place', async () => {
  const path = await sealed('cut');
  const octets = readFileSync(path);
  const header = octets.indexOf('\n', octets.indexOf('\n--- ') + 1) + 1;
  const block = 64 * 1024 + 16;
  const cases: [number, string][] = [
    [0, 'header'],
    [header - 1, 'header'],
    [header, 'block 1'],
    [header + 20, 'block 1'],
    [header + 16 + block, 'block 1'],
    [header + 16 + block + 5, 'block 2'],
    [header + 16 + 2 * block, 'block 2'],
    [octets.length - 1, 'block 3'],
  ];
  for (const [length, place] of cases) {
    const found = await opened(damagedCopy(path, (whole) => whole.subarray(0, length)));
    assert('place' in found && found.place.startsWith(place), `${length}: ${JSON.stringify(found)}`);
  }
  const longer = await opened(damagedCopy(path, (whole) => Buffer.concat([whole, Buffer.from('x')])));
  assert('place' in longer && longer.place.startsWith('block 3'));
});

test('a header that asks for too much memory is refused before it is given any', async () => {
  const path = await sealed('greedy');
  const found = await opened(
    damagedCopy(path, (octets) => Buffer.from(octets.toString('latin1').replace(' 8\n', ' 40\n'), 'latin1')),
  );
  assert('place' in found);
  assert.deepEqual([found.place, found.code], ['header', 'work-factor']);
});

test('an empty content is whole, and blocks that end on their border are', async () => {
  for (const length of [0, 1, 64 * 1024, 128 * 1024]) {
    const octets = PLAIN.subarray(0, length);
    assert.deepEqual(await opened(await sealed(`length-${length}`, octets)), Buffer.from(octets));
  }
});
