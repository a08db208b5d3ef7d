import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseStrictJson } from './json.ts';

const accepted = (text: string): boolean => parseStrictJson(text).ok;

test('reads what JSON.parse reads, for every value of the profile', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
      fc.string({ unit: 'grapheme' }).filter((t) => !t.includes('\u0000')),
      fc.array(tie('any'), { maxLength: 5 }),
      fc.dictionary(
        fc.string().filter((t) => !t.includes('\u0000')),
        tie('any'),
        { maxKeys: 5 },
      ),
    ),
  })).any;
  fc.assert(
    fc.property(value, fc.nat(2), (json, indent) => {
      const text = JSON.stringify(json, undefined, indent);
      const read = parseStrictJson(text, 100);
      assert.ok(read.ok);
      assert.equal(JSON.stringify(read.value), JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('never reads what JSON.parse refuses', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'{}[]",:0123456789.eE+-truefalsn\\u \t\u0000\ud800') }),
      (text) => {
        if (!accepted(text)) return;
        JSON.parse(text);
      },
    ),
    { numRuns: 5_000 },
  );
});

test('refuses names that stand twice, however they are written', () => {
  assert.equal(accepted('{"a":1,"b":2}'), true);
  assert.equal(accepted('{"a":1,"a":2}'), false);
  assert.equal(accepted('{"a":1,"\\u0061":2}'), false);
  assert.equal(accepted('[{"x":{"b":1,"b":1}}]'), false);
});

test('refuses numbers beyond the safe range, fractions and exponents', () => {
  assert.equal(accepted('9007199254740991'), true);
  for (const text of [
    '9007199254740992',
    '-9007199254740993',
    '1.5',
    '1e3',
    '-0',
    '01',
    '+1',
    '1.0',
    'NaN',
  ]) {
    assert.equal(accepted(text), false, text);
  }
});

test('refuses half characters and control characters, and nesting beyond the limit', () => {
  for (const text of ['"\\ud800"', '"a\\u0000b"', '"a\\udc00"', '"\u0001"', '"\n"', '"\\x"', '"'])
    assert.equal(accepted(text), false, text);
  assert.equal(accepted('"\\ud83d\\ude00"'), true);
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  assert.equal(accepted(nested(32)), true);
  assert.equal(accepted(nested(33)), false);
});

test('__proto__ is a mere name', () => {
  const read = parseStrictJson('{"__proto__":{"polluted":1}}');
  assert.ok(read.ok);
  assert.equal(Object.getPrototypeOf(read.value), Object.prototype);
  assert.equal(Object.keys(read.value ?? {}).length, 1);
});

test('texts of many megabytes are read or refused, never too much for the reader', () => {
  for (const piece of ['a', 'a\\n']) {
    const text = piece.repeat(6_000_000 / piece.length);
    assert.equal(accepted(`"${text}"`), true, piece);
    assert.equal(accepted(`"${text}`), false, piece);
    assert.equal(accepted(`"${text}\u0001"`), false, piece);
  }
});
