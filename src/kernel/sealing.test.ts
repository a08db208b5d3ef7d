import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { test } from 'node:test';
import { toUtf8 } from './bytes.ts';
import { derive, open, PASSPHRASE_COST, passphraseKey, seal } from './sealing.ts';
import { seededRandom } from './seeded-random.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('argon2id gives the tag of RFC 9106, section 5.3', () => {
  const tag = argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    memory: 32,
    passes: 3,
    parallelism: 4,
    tagLength: 32,
  });
  assert.equal(hex(tag), '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
});

test('a passphrase key is the one that the reference implementation of argon2 gives', async () => {
  const key = await passphraseKey('password', toUtf8('somesalt'), { memoryKiB: 65_536, passes: 2, lanes: 1 });
  assert.equal(hex(key), '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
});

test('passphrases cost at least the second recommended option of RFC 9106, section 4', () => {
  assert(PASSPHRASE_COST.memoryKiB >= 64 * 1024 && PASSPHRASE_COST.passes >= 3);
});

test('two ways to type one passphrase give one key', async () => {
  const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
  const salt = new Uint8Array(16);
  const composed = await passphraseKey('caf\u00e9', salt, cost);
  assert.deepEqual(await passphraseKey('cafe\u0301', salt, cost), composed);
  assert.notDeepEqual(await passphraseKey('cafe', salt, cost), composed);
});

test('HKDF gives the octets of RFC 5869 for an empty salt (appendix A.3, first block)', () => {
  // A.3 has an empty info and 42 octets; the first 32 are one block of the expansion.
  const key = derive(Buffer.alloc(22, 0x0b), '');
  assert.equal(hex(key), '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d');
});

test('a sealed value opens with its key in its place, and nowhere else', () => {
  const random = seededRandom('sealing');
  const key = random.bytes(32);
  const plain = toUtf8('a secret');
  const sealed = seal(key, plain, 'secret|home-1', random);
  assert.deepEqual(open(key, sealed, 'secret|home-1'), plain);
  assert.equal(open(key, sealed, 'secret|home-2'), undefined);
  assert.equal(open(key, sealed, 'recovery|home-1'), undefined);
  assert.equal(open(random.bytes(32), sealed, 'secret|home-1'), undefined);
  for (let at = 0; at < sealed.length; at++) {
    const bent = sealed.with(at, (sealed[at] ?? 0) ^ 1);
    assert.equal(open(key, bent, 'secret|home-1'), undefined, `octet ${at}`);
  }
  assert.equal(open(key, sealed.subarray(0, 27), 'secret|home-1'), undefined);
  assert.notDeepEqual(seal(key, plain, 'secret|home-1', random), sealed, 'no nonce comes twice');
});
