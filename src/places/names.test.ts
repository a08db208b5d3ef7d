import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formsOf, isJunkName, keyOf, spellingOf } from './names.ts';
import { isOrdinary } from './ordinary-words.ts';

test('a key folds case, accents, punctuation and the usual abbreviations', () => {
  const same = [
    ['Genève', 'GENEVE'],
    ['St. Louis', 'Saint-Louis', 'saint louis'],
    ["'s-Gravenhage", '’s Gravenhage'],
    ['İzmir', 'izmir'],
    ['Łódź', 'lodz'],
    ['Århus', 'Arhus'],
    ['Straßgang', 'strassgang'],
    ['Αθήνα', 'ΑΘΗΝΑ', 'αθηνα'],
    ['Trinidad & Tobago', 'Trinidad and Tobago'],
    ['München', 'Mu\u0308nchen'],
  ];
  for (const names of same) assert.equal(new Set(names.map(keyOf)).size, 1, names.join(' = '));
});

test('scripts whose marks are letters keep them', () => {
  assert.notEqual(keyOf('दिल्ली'), keyOf('दल'));
  assert.notEqual(keyOf('ガ'), keyOf('カ'));
  assert.equal(spellingOf('서울'), '서울');
});

test('an abbreviation is folded only as a whole word, and only in the key', () => {
  assert.equal(keyOf('Saintes'), 'saintes');
  assert.equal(keyOf('Fort Worth'), 'ft worth');
  assert.equal(spellingOf('Fort Worth'), 'fort worth');
});

test('a spelling folded again is itself', () => {
  for (const name of ['St. Gallen', 'Ðà Lạt', 'Xi’an', '東京', 'Frýdek-Místek', 'Đưc Trọng']) {
    assert.equal(spellingOf(spellingOf(name)), spellingOf(name));
    assert.equal(keyOf(keyOf(name)), keyOf(name));
  }
});

test('halves and bracketed additions are forms of a name', () => {
  assert.deepEqual(formsOf('Donostia / San Sebastián'), [
    'Donostia / San Sebastián',
    'Donostia',
    'San Sebastián',
  ]);
  assert.deepEqual(formsOf('Halle (Saale)'), ['Halle (Saale)', 'Halle']);
  assert.deepEqual(formsOf('Gent'), ['Gent']);
});

test('codes, addresses and machine romanisations are junk; names in any script are not', () => {
  for (const junk of [
    'GNE',
    'BEGNE',
    'https://en.wikipedia.org/wiki/X',
    'ken t',
    'khnt',
    '11',
    'Bardorp [a. 973]',
  ]) {
    assert.equal(isJunkName(junk), true, junk);
  }
  for (const name of ['Gand', 'Гент', '根特', 'খেন্ট', "l'Hospitalet", '’s-Gravenhage', 'Æbeltoft']) {
    assert.equal(isJunkName(name), false, name);
  }
});

test('a name is ordinary when all its words are', () => {
  for (const word of ['reading', 'nice', 'bath', 'of', 'new long beach'])
    assert.equal(isOrdinary(word), true, word);
  for (const word of ['ghent', 'long beach cottages', 'london']) assert.equal(isOrdinary(word), false, word);
});
