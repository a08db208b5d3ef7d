import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { toBase64url, toUtf8 } from './bytes.ts';
import { cursorOf } from './cursor.ts';

const CURSOR = cursorOf('list-things', [z.int().min(0), z.string().max(20)]);

/** The cursor behind a page that ends at this place. */
function nextAt(place: [number, string]): string {
  const { next } = CURSOR.cut([place, place], 1, (row) => row).next;
  assert(next);
  return next;
}

test('a cursor is the very place it was made from, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 20, unit: 'grapheme' }), (at, name) => {
      if (name.length > 20 || name.includes('\0')) return;
      assert.deepEqual(CURSOR.read(nextAt([at, name])), { ok: true, value: [at, name] });
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.equal(CURSOR.read(text).ok, false);
    }),
  );
});

test('another list, another shape, another spelling and an endless text are refused', () => {
  const spelt = (json: string): string => toBase64url(toUtf8(json));
  assert.equal(CURSOR.read(spelt('["list-things",1,"a"]')).ok, true);
  for (const text of [
    spelt('["list-others",1,"a"]'),
    spelt('["list-things",1]'),
    spelt('["list-things",1,"a",2]'),
    spelt('["list-things",-1,"a"]'),
    spelt('["list-things","1","a"]'),
    spelt('["list-things",1, "a"]'),
    spelt('["list-things",1,"\\u0061"]'),
    `${spelt('["list-things",1,"a"]')}=`,
    'A'.repeat(1_000_000),
  ]) {
    const read = CURSOR.read(text);
    assert.equal(read.ok ? '' : read.code, 'cursor-unknown', text.slice(0, 60));
  }
});

test('a page holds its limit, and says where to go on only when there is more', () => {
  const rows = [1, 2, 3];
  const place = (n: number): [number, string] => [n, 'x'];
  assert.deepEqual(CURSOR.cut(rows, 3, place), { shown: rows, next: {} });
  assert.deepEqual(CURSOR.cut(rows, 2, place), { shown: [1, 2], next: { next: nextAt([2, 'x']) } });
  assert.deepEqual(CURSOR.cut([], 2, place), { shown: [], next: {} });
});
