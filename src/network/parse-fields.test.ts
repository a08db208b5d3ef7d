import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDictionary, parseItem, parseList } from './parse-fields.ts';
import { serializeDictionary } from './serialize-fields.ts';
import type { BareItem, Dictionary, Member } from './structured-fields.ts';

/** As the parser makes them: plain objects. */
const rec = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });
const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((it) => String.fromCharCode(it)),
});
const whole = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }).map((it) => it + 0);
const name = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,9}$/);
const bare: fc.Arbitrary<BareItem> = fc.oneof(
  rec({ kind: fc.constantFrom('integer' as const, 'date' as const), value: whole }),
  rec({
    kind: fc.constant('decimal' as const),
    value: fc.integer({ min: -1e14, max: 1e14 }).map((it) => it / 1000 + 0),
  }),
  rec({ kind: fc.constant('string' as const), value: printable }),
  rec({
    kind: fc.constant('token' as const),
    value: fc.stringMatching(/^[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*$/),
  }),
  rec({ kind: fc.constant('display' as const), value: fc.string({ unit: 'grapheme' }) }),
  rec({ kind: fc.constant('bytes' as const), value: fc.uint8Array() }),
  rec({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
);
const params = fc.array(fc.tuple(name, bare), { maxLength: 3 }).map((it) => new Map(it));
const item = rec({ bare, params });
const member: fc.Arbitrary<Member> = fc.oneof(item, rec({ items: fc.array(item, { maxLength: 3 }), params }));
const dictionary: fc.Arbitrary<Dictionary> = fc
  .array(fc.tuple(name, member), { maxLength: 4 })
  .map((it) => new Map(it));

test('what is serialised is parsed to the same value', () => {
  fc.assert(
    fc.property(dictionary, (value) => {
      assert.deepEqual(parseDictionary(serializeDictionary(value)), { ok: true, value });
    }),
    { numRuns: 1_000 },
  );
});

test('what is parsed has one text, which is parsed to the same value again', () => {
  const unit = fc.constantFrom(...'ab=1, ();:"\\?@%.-*\tA0é');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      const read = parseDictionary(text);
      if (!read.ok) return;
      assert.deepEqual(parseDictionary(serializeDictionary(read.value)), read);
    }),
    { numRuns: 20_000 },
  );
});

test('any text at all is answered, and nothing thrown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const parse of [parseDictionary, parseList, parseItem]) parse(text);
    }),
    { numRuns: 2_000 },
  );
});

test('the time to refuse grows with the length and not with its square', () => {
  const hostile = (count: number) => [
    `"${'a'.repeat(count)}`,
    `"${'\\"'.repeat(count)}`,
    `%"${'%c3'.repeat(count)}`,
    `:${'A'.repeat(count)}`,
    `a${';a'.repeat(count)}=`,
    `(${'1 '.repeat(count)}`,
    `${'1'.repeat(count)}`,
  ];
  const began = performance.now();
  for (const text of hostile(100_000)) assert.equal(parseItem(text).ok || parseList(text).ok, false);
  assert.ok(performance.now() - began < 5_000); // a square would take minutes
});
