import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LIMITS } from '../kernel/limits.ts';
import { isFailure, must } from '../kernel/result.ts';
import { CATALOGUE, entryOf } from './catalogue.ts';
import { fingerprint } from './fingerprint.ts';
import { fold, searchWords } from './fold.ts';
import { PropertyName } from './model.ts';
import { checkValue } from './rules.ts';

test('every property of the catalogue has a name of its own and an example that fits', () => {
  const names = CATALOGUE.map((entry) => entry.property);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.length >= 70, `${names.length} properties`);
  for (const { property, label, example } of CATALOGUE) {
    assert.ok(PropertyName.safeParse(property).success, property);
    assert.ok(label.length > 0 && example.length > 0, property);
    assert.equal(must(checkValue(property, example)), example, property);
  }
});

test('a property that nobody listed is text under its own name', () => {
  assert.deepEqual(entryOf('schema:award'), {
    property: 'schema:award',
    label: 'award',
    category: 'other',
    kind: 'text',
    example: '',
  });
});

const GOOD: Readonly<Record<string, readonly string[]>> = {
  'schema:email': ['a@b', 'jörg@müller.example', 'first.last+tag@sub.example.org', '\u200bjane@example.org'],
  'schema:telephone': ['112', '+32 (0)470/12.34.56', '+1-555-555-5555;ext=123', '0470 12 34 56 x12', '*100#'],
  'schema:birthDate': ['1980-02-29', '--02-29', '1980', '1980-12'],
  'schema:height': ['183 cm', '1,83 m', '6\'1"', '6 ft 1 in', '72in'],
  'schema:weight': ['72 kg', '160 lb', '72.5kg'],
  'schema:url': ['https://example.org', 'http://example.org/~a?b=c#d'],
  'own:household-size': ['0', '4', '12.5'],
  'vcard:lang': ['nl', 'nl-BE', 'zh-Hant-TW'],
  'vcard:geo': ['geo:51.05,3.72', 'geo:-90,180,12'],
  'schema:name': ['李小龍', 'Ngô Thị Minh', "O'Brien", 'الاسم'],
};

const BAD: Readonly<Record<string, readonly string[]>> = {
  'schema:email': [
    '',
    'jane',
    '@example.org',
    'jane@',
    'jane@@example.org',
    'jane doe@example.org',
    'a@-b.org',
  ],
  'schema:telephone': ['', '12', 'call me', '+1234567890123456', '1-800-FLOWERS'],
  'schema:birthDate': ['1980-02-30', '29/02/1980', '1980-2-9', '--02-30', '19800229'],
  'schema:height': ['tall', '183', '183 kg', '1e3 cm'],
  'schema:weight': ['72', '72 cm'],
  'schema:url': [
    'example.org',
    'javascript:alert(1)',
    'ftp://example.org',
    'https://a:b@example.org',
    'http://',
  ],
  'own:household-size': ['four', '1e3', '0x10', '01', '1.'],
  'vcard:lang': ['dutch!', 'x'],
  'vcard:tz': ['+01:00', 'CET', 'Europe/Atlantis'],
  'vcard:geo': ['51.05,3.72', 'geo:north'],
  'schema:currenciesAccepted': ['euro', 'XXQ'],
  'schema:name': ['', '  ', 'a\nb', 'a\u0000b', 'a\ud800', 'abc\u202ecba', 'x'.repeat(LIMITS.lineChars + 1)],
  'schema:description': ['', 'a\u0007b', 'x'.repeat(LIMITS.textChars + 1)],
  'schema:address': ['', '1\n2\n3\n4\n5\n6\n7\n8\n9', `${'x'.repeat(LIMITS.lineChars + 1)}\nGhent`],
  'own:shoe-size': ['x'.repeat(41)],
};

test('values of every kind: what fits and what does not', () => {
  for (const [property, values] of Object.entries(GOOD)) {
    for (const value of values) assert.ok(checkValue(property, value).ok, `${property}: ${value}`);
  }
  for (const [property, values] of Object.entries(BAD)) {
    for (const value of values) {
      const checked = checkValue(property, value);
      assert.ok(isFailure(checked), `${property}: ${JSON.stringify(value.slice(0, 40))}`);
      assert.equal(checked.code, 'value-unfit');
    }
  }
});

test('a refusal does not repeat what was given', () => {
  for (const { property, kind } of CATALOGUE) {
    if (['text', 'size', 'address', 'long'].includes(kind)) continue;
    const checked = checkValue(property, 'private matter');
    assert.ok(isFailure(checked) && !JSON.stringify(checked).includes('private'), property);
  }
});

test('a value that fits is kept as it is when it is put again', () => {
  const property = fc.constantFrom(...CATALOGUE.map((entry) => entry.property));
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...CATALOGUE.map((e) => ` ${e.example} `)),
  );
  fc.assert(
    fc.property(property, value, (name, text) => {
      const once = checkValue(name, text);
      if (isFailure(once)) return;
      assert.equal(must(checkValue(name, once.value)), once.value);
      assert.ok(once.value.isWellFormed() && !once.value.includes('\u0000'));
    }),
    { numRuns: 500 },
  );
});

test('a search does not mind case and accents', () => {
  for (const [a, b] of [
    ['Zoë', 'zoe'],
    ['STRASSE', 'straße'],
    ['İstanbul', 'istanbul'],
    ['Ngô Thị', 'ngo thi'],
    ['Søren Kjær', 'soren kjaer'],
    ['Łódź', 'lodz'],
    ['ﬁre', 'FIRE'],
    ['Ａｂｃ', 'abc'],
  ] as const) {
    assert.equal(fold(a), fold(b), `${a} and ${b}`);
  }
  assert.deepEqual(searchWords('  Zoë  zoe GENT ', 10), ['zoe', 'gent']);
  assert.deepEqual(searchWords('a b c', 2), ['a', 'b']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(fold(fold(text)), fold(text))),
  );
});

test('the same value is known again however it is written', () => {
  const same = (property: string, a: string, b: string): boolean =>
    fingerprint(property, a) === fingerprint(property, b);
  assert.ok(same('schema:email', 'Jane@Example.org', 'jane@example.org'));
  assert.ok(same('schema:telephone', '+32 470 12 34 56', '+32470123456'));
  assert.ok(same('schema:address', 'Kerkstraat 1\n9000 Gent', 'kerkstraat 1, 9000 gent'));
  assert.ok(!same('schema:telephone', '+32470123456', '0470123456'), 'no country is guessed');
  assert.ok(!same('schema:email', 'jane@example.org', 'jane@example.com'));
  assert.notEqual(fingerprint('schema:name', 'x'), fingerprint('schema:givenName', 'x'));
});
