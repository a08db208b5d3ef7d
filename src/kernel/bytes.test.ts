import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromBase64url, fromUtf8, toBase64url } from './bytes.ts';
import { base32, fromBase32, newId } from './ids.ts';
import { seededRandom } from './seeded-random.ts';

test('base64url is the alphabet of RFC 4648 section 5, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(fromBase64url(toBase64url(bytes)), bytes)),
  );
  assert.equal(toBase64url(new Uint8Array([0xfb, 0xff, 0xfe])), '-__-');
});

test('base64url with padding, spaces, other letters or spare bits is refused', () => {
  for (const text of ['AA==', 'A A', 'AA\n', 'A+', 'A/', 'A', 'AB', 'AAB']) {
    assert.equal(fromBase64url(text), undefined, text);
  }
});

test('octets that are not UTF-8 are refused, a byte order mark is kept', () => {
  assert.equal(fromUtf8(new Uint8Array([0xc0, 0xaf])), undefined);
  assert.equal(fromUtf8(new Uint8Array([0xed, 0xa0, 0x80])), undefined);
  assert.equal(fromUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x41])), '\ufeffA');
});

test('base 32 goes both ways and forgives the letters that people confuse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const text = base32(bytes);
      assert.equal(text.length, 26);
      assert.deepEqual(fromBase32(text.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l'), 16), bytes);
    }),
  );
  assert.equal(fromBase32('u'.repeat(26), 16), undefined);
  assert.equal(fromBase32('zzz', 16), undefined);
});

test('ids of one seed replay, and differ from each other', () => {
  const [a, b] = [seededRandom('s'), seededRandom('s')];
  const ids = Array.from({ length: 1000 }, () => newId(a));
  assert.deepEqual(
    ids,
    Array.from({ length: 1000 }, () => newId(b)),
  );
  assert.equal(new Set(ids).size, 1000);
});
