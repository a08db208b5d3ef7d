import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { concat } from '../../src/kernel/bytes.ts';
import { AES_128_GCM, AES_256_GCM, gcmOpen, gcmSeal, hpkeKey } from '../../src/kernel/hpke.ts';
import { fixture, publicPath } from './folder.ts';

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('hex');
const agreed = (secret: string, publicKey: string) => hex(hpkeKey(octets(secret)).agree(octets(publicKey)));

interface Ours {
  readonly x25519: readonly { name: string; secret: string; publicKey: string; shared: string }[];
  readonly thousandth: string;
  readonly gcm: readonly {
    name: string;
    key: string;
    nonce: string;
    aad: string;
    plain: string;
    sealed: string;
  }[];
}

const ours = fixture<Ours>('x25519-gcm.json');

test('X25519 agrees on what RFC 7748 publishes, once and a thousand times over', () => {
  for (const { name, secret, publicKey, shared } of ours.x25519)
    assert.equal(agreed(secret, publicKey), shared, name);
  let [k, u] = [ours.x25519[2]?.secret ?? '', ours.x25519[2]?.publicKey ?? ''];
  for (let i = 0; i < 1_000; i++) [k, u] = [agreed(k, u) ?? '', k];
  assert.equal(k, ours.thousandth);
});

test('AES-256-GCM seals to the octets of its paper, and opens nothing else', () => {
  for (const { name, key, nonce, aad, plain, sealed } of ours.gcm) {
    const parts = [octets(key), octets(nonce)] as const;
    assert.equal(hex(gcmSeal(AES_256_GCM, ...parts, octets(plain), octets(aad))), sealed, name);
    assert.equal(hex(gcmOpen(AES_256_GCM, ...parts, octets(sealed), octets(aad))), plain, name);
    for (let bit = 0; bit < 8 * octets(sealed).length; bit += 7) {
      const altered = octets(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(gcmOpen(AES_256_GCM, ...parts, altered, octets(aad)), undefined, `${name}, bit ${bit}`);
    }
  }
});

interface Group<T> {
  readonly testGroups: readonly (T & { readonly tests: readonly (Case & Record<string, string>)[] })[];
}
interface Case {
  readonly tcId: number;
  readonly comment: string;
  readonly result: 'valid' | 'acceptable' | 'invalid';
  readonly flags: readonly string[];
}

const x25519 = publicPath('wycheproof', 'testvectors_v1', 'x25519_test.json');
if (x25519) {
  const { testGroups } = JSON.parse(readFileSync(x25519, 'utf8')) as Group<object>; // its schema says so
  const cases = testGroups.flatMap(({ tests }) => tests);
  test(`Wycheproof, X25519: ${cases.length} agreements; a secret of zeros is none`, () => {
    assert.ok(cases.length > 0);
    for (const { tcId, comment, private: secret = '', public: publicKey = '', shared = '' } of cases) {
      const expected = /^0*$/.test(shared) ? undefined : shared;
      assert.equal(agreed(secret, publicKey), expected, `${tcId}: ${comment}`);
    }
  });
}

const gcm = publicPath('wycheproof', 'testvectors_v1', 'aes_gcm_test.json');
if (gcm) {
  type Sizes = { readonly keySize: number; readonly ivSize: number; readonly tagSize: number };
  const { testGroups } = JSON.parse(readFileSync(gcm, 'utf8')) as Group<Sizes>; // its schema says so
  const groups = testGroups.filter((it) => it.keySize !== 192 && it.ivSize === 96 && it.tagSize === 128);
  const count = groups.reduce((sum, it) => sum + it.tests.length, 0);
  test(`Wycheproof, AES-GCM: ${count} verdicts for keys of 128 and 256 bits`, () => {
    assert.ok(count > 0);
    for (const { keySize, tests } of groups)
      for (const { tcId, comment, key = '', iv = '', aad = '', ct = '', tag = '', msg, result } of tests) {
        const aead = keySize === 128 ? AES_128_GCM : AES_256_GCM;
        const sealed = concat(octets(ct), octets(tag));
        const plain = gcmOpen(aead, octets(key), octets(iv), sealed, octets(aad));
        assert.equal(hex(plain), result === 'valid' ? msg : undefined, `${tcId}: ${comment}`);
      }
  });
}
