import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOfName } from './labels.ts';
import { stem, stemsOf, wordsOf } from './words.ts';

test('one and many share a stem', () => {
  const pairs =
    'trumpet:trumpets knife:knives shelf:shelves box:boxes watch:watches brush:brushes dish:dishes glass:glasses ' +
    'dress:dresses battery:batteries hoodie:hoodies cookie:cookies movie:movies pie:pies tie:ties shoe:shoes ' +
    'canoe:canoes potato:potatoes tomato:tomatoes house:houses vase:vases nose:noses lens:lenses bus:buses ' +
    'canvas:canvases child:children mouse:mice foot:feet tooth:teeth woman:women bikini:bikinis ski:skis axe:axes ' +
    'headache:headaches quiche:quiches bookcase:bookcases leaf:leaves scarf:scarves piano:pianos';
  for (const [one = '', many = ''] of pairs.split(' ').map((pair) => pair.split(':'))) {
    assert.equal(stem(many), stem(one), `${one}, ${many}`);
  }
});

test('different words keep different stems', () => {
  const words =
    'tennis bus gas glass grass lens lent case cash shoe show house horse bass base pant paint'.split(' ');
  assert.equal(new Set(words.map(stem)).size, words.length);
});

test('British and everyday words meet the word of the taxonomy', () => {
  const pairs =
    'tyres:tire colour:color jewellery:jewelry pyjamas:pajamas nappies:diapers prams:strollers bike:bicycle ' +
    'fridge:refrigerator telly:television couch:sofa spanner:wrench racquets:rackets barbecue:grill kids:children';
  for (const [ours = '', theirs = ''] of pairs.split(' ').map((pair) => pair.split(':'))) {
    assert.equal(stem(ours), stem(theirs), `${ours}, ${theirs}`);
  }
});

test('spelling that makes no difference is folded away', () => {
  const same = (...texts: string[]): void => {
    for (const text of texts) assert.deepEqual(stemsOf(text), stemsOf(texts[0] ?? ''), text);
  };
  same('T-shirt', 't shirt', 'T-Shirts', 'tshirt');
  same('e-bike', 'E bike', 'ebike', 'E-Bikes');
  same("children's bed", 'children’s beds', 'childrens bed');
  same('Wi-Fi router', 'wifi router', 'Wi Fi routers');
  same('Querflöte', 'QUERFLOTE');
  same("huile d'olive", 'huile d’olive', 'huile de olive');
  same('over-ear headphones', 'over ear headphones', 'Over-Ear Headphone');
});

test('words that say nothing are left out, and what follows "for" is marked', () => {
  assert.deepEqual(
    wordsOf('I am looking for a used trumpet for a beginner, under 300 euro').map((word) => [
      word.typed,
      word.main,
    ]),
    [
      ['trumpet', true],
      ['beginner', false],
    ],
  );
  assert.deepEqual(stemsOf('a watering can'), ['watering', 'can']);
  assert.deepEqual(stemsOf('someone who can help'), ['help']);
  for (const nothing of ['', ' ', '300', '!!!', 'a new one, please', '\u0000\uD800'])
    assert.deepEqual(wordsOf(nothing), []);
});

test('a verb goes behind what it acts on', () => {
  assert.deepEqual(stemsOf('repair a bicycle'), stemsOf('bicycle repair'));
  assert.deepEqual(stemsOf('look after my cat'), ['cat', 'mind']);
  assert.deepEqual(stemsOf('fix my bike this week'), ['bicycle', 'fix']);
  assert.deepEqual(stemsOf('Sideboards with Hutch'), ['hutch', 'sideboard']);
});

test('a name that lists things is each of them', () => {
  const parts = (name: string): string[] => labelsOfName(name).map((label) => label.stems.join(' '));
  assert.deepEqual(parts('Trumpets'), ['trumpet']);
  assert.deepEqual(parts('Printers, Copiers & Fax Machines'), [
    'printer copier fax machine',
    'printer',
    'copier',
    'fax machine',
  ]);
  assert.deepEqual(parts('Mobile & Smart Phones'), ['mobile smart phone', 'mobile phone', 'smart phone']);
  assert.deepEqual(parts('Kitchen & Dining Room Chairs').slice(1), ['kitchen chair', 'dining room chair']);
  assert.ok(parts('Digital Single-Lens Reflex (DSLR) Cameras').includes('dslr camera'));
});
