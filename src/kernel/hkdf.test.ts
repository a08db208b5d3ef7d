import assert from 'node:assert/strict';
import { createHmac, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { hkdfExpand, hkdfExtract, hmacSha256 } from './hkdf.ts';

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('HMAC-SHA256 gives the octets of RFC 4231, cases 1, 2 and 3', () => {
  const cases: [string, Uint8Array, string][] = [
    [
      '0b'.repeat(20),
      Buffer.from('Hi There'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      '4a656665',
      Buffer.from('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'aa'.repeat(20),
      new Uint8Array(50).fill(0xdd),
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    ],
  ];
  for (const [key, data, expected] of cases) assert.equal(hex(hmacSha256(octets(key), data)), expected);
});

test('HKDF gives the octets of RFC 5869, appendices A.1 and A.3', () => {
  const ikm = octets('0b'.repeat(22));
  const prk = hkdfExtract(octets('000102030405060708090a0b0c'), ikm);
  assert.equal(hex(prk), '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
  assert.equal(
    hex(hkdfExpand(prk, octets('f0f1f2f3f4f5f6f7f8f9'), 42)),
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  );
  assert.equal(
    hex(hkdfExpand(hkdfExtract(new Uint8Array(0), ikm), new Uint8Array(0), 42)),
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  );
});

test('both agree with node:crypto, whatever they are given', () => {
  const key = fc.uint8Array({ maxLength: 64 });
  const any = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(key, any, any, fc.integer({ min: 1, max: 500 }), (salt, a, b, length) => {
      assert.equal(hex(hmacSha256(salt, a, b)), createHmac('sha256', salt).update(a).update(b).digest('hex'));
      const theirs = new Uint8Array(hkdfSync('sha256', a, salt, b, length));
      assert.deepEqual(hkdfExpand(hkdfExtract(salt, a), b, length), theirs);
    }),
  );
  assert.throws(() => hmacSha256(new Uint8Array(65)));
  assert.throws(() => hkdfExpand(new Uint8Array(32), new Uint8Array(0), 255 * 32 + 1));
});
