import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import * as vectors from 'cctv-age';
import { Damaged, openContainer, openForIdentities } from './container.ts';
import { scratchFolder } from './testing.ts';

/**
 * The test kit of age (C2SP CCTV, https://c2sp.org/CCTV/age), whole. What opens archives and backups gives the payload of
 * every file that is whole, and of every other nothing but blocks that were verified.
 */
interface Vector {
  readonly name: string;
  readonly expect: string;
  /** The SHA-256 of what is verified. */
  readonly payload: string;
  readonly passphrase: string | undefined;
  readonly identities: readonly string[];
  readonly isArmored: boolean;
  readonly file: Uint8Array;
}

const BLOCK = 64 * 1024;
const folder = scratchFolder();
const kit = Object.entries<Uint8Array>({ ...vectors }).map(([name, octets]) =>
  read(name, Buffer.from(octets)),
);

function read(name: string, octets: Buffer): Vector {
  const end = octets.indexOf('\n\n');
  const lines = octets.subarray(0, end).toString('utf8').split('\n');
  const all = (key: string): string[] =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const body = octets.subarray(end + 2);
  return {
    name,
    expect: all('expect')[0] ?? '',
    payload: all('payload')[0] ?? '',
    passphrase: all('passphrase')[0],
    identities: all('identity'),
    isArmored: all('armored').includes('yes'),
    file: all('compressed').includes('zlib') ? inflateSync(body) : body,
  };
}

/** What comes out of it, and what ended it before it was whole. */
async function opened({ file, passphrase, identities }: Vector) {
  const path = join(folder, 'vector.age');
  writeFileSync(path, file);
  const container =
    passphrase === undefined
      ? await openForIdentities(path, identities)
      : await openContainer(path, passphrase);
  const hash = createHash('sha256');
  let bytes = 0;
  let ended = 'code' in container ? container.code : undefined;
  try {
    for await (const block of 'code' in container ? [] : container.blocks()) {
      hash.update(block);
      bytes += block.length;
    }
  } catch (error) {
    assert(error instanceof Damaged, `it breaks: ${error}`);
    ended = error.finding.code;
  }
  return { sha256: hash.digest('hex'), bytes, ended };
}

test('the files of the kit that are whole open, and give what they say', async () => {
  const whole = kit.filter((it) => it.expect === 'success' && !it.isArmored);
  for (const vector of whole) {
    const { sha256, ended } = await opened(vector);
    assert.deepEqual({ sha256, ended }, { sha256: vector.payload, ended: undefined }, vector.name);
  }
  assert(whole.length >= 15, 'the kit has as many as it had');
});

test('every other file of the kit is refused, after blocks that are whole at most', async () => {
  const broken = kit.filter((it) => it.expect !== 'success' && !it.isArmored);
  for (const vector of broken) {
    const { sha256, bytes, ended } = await opened(vector);
    assert.notEqual(ended, undefined, `${vector.name} is taken, and has: ${vector.expect}`);
    assert(bytes % BLOCK === 0 || sha256 === vector.payload, `${vector.name} gives more than was verified`);
  }
  assert(broken.length >= 70, 'the kit has as many as it had');
});

test('text armour is not taken: no archive or backup comes in it', async () => {
  for (const vector of kit.filter((it) => it.isArmored)) {
    assert.equal((await opened(vector)).ended, 'not-age', vector.name);
  }
});
