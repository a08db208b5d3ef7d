import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCategories } from './index.ts';

const categories = openCategories();

/** What somebody types, and the category that must be among the first three. */
const PHRASES: readonly (readonly [words: string, id: string])[] = [
  ['a used trumpet for a beginner', 'ae-2-8-3-5-3'],
  ['left-handed acoustic guitar', 'ae-2-8-7-2-1'],
  ['full size cello', 'ae-2-8-7-1-1'],
  ['violin for a 9 year old', 'ae-2-8-7-6'],
  ['French horn', 'ae-2-8-3-3'],
  ['bike', 'sg-4-4-3-2'],
  ['city bicycle with basket', 'sg-4-4-3-2'],
  ['bike trailer for two children', 'sg-4-4-1-23'],
  ['helmet for cycling', 'sg-4-4-4-5'],
  ['smartphone with a good camera', 'el-4-8-5'],
  ['refurbished laptop', 'el-6-6'],
  ['27 inch monitor', 'el-17-1'],
  ['usb cables', 'el-7-7-5-2'],
  ['dining table and chairs', 'fr-10-3'],
  ['grey corner sofa that turns into a bed', 'fr-22-3'],
  ['garden chair', 'fr-15-4-2'],
  ['bedside lamp', 'hg-13-5-1'],
  ['watering can', 'hg-12-6-7'],
  ['leaf blower', 'hg-12-3-7'],
  ['kitchen knives', 'hg-11-8-39'],
  ['cast iron frying pan', 'hg-11-2-3-13-1'],
  ['smoke detector', 'hg-7-7-2'],
  ['running shoes size 43', 'aa-8-8'],
  ['winter coat for a 6 year old', 'aa-1-10-2-9'],
  ['sun glasses', 'aa-2-27'],
  ['baby clothes', 'aa-1-2'],
  ['nappies', 'bt-9-12'],
  ['baby car seat', 'bt-6-1-4'],
  ['dog bed', 'ap-2-9'],
  ['food for my dog', 'ap-2-3-3-1'],
  ['a cage for hamsters', 'ap-2-47-4'],
  ['fishing rod', 'sg-4-6-11'],
  ['ice skates size 39', 'sg-1-12-10'],
  ['tennis racquet', 'sg-1-20-7'],
  ['wet suit', 'sg-4-1-2-7'],
  ['shaving cream', 'hb-3-14-11'],
  ['winter tyres 205/55 R16', 'vp-1-4-20-3-1'],
  ['second-hand car, diesel', 'vp-2-2-1-2-1'],
  ['honey from a beekeeper', 'fb-2-4-6'],
  ['Harry Potter books in French', 'me-1-3'],
  ['sheet music for flute', 'me-6'],
  ['someone to repair a bicycle this week', 'sv-bicycle-repair'],
  ['Spanish teacher', 'sv-language-lessons'],
  ['piano lessons for my daughter', 'sv-music-lessons'],
  ['someone to clean our house every week', 'sv-house-cleaning'],
  ['mow the lawn', 'sv-gardening'],
  ['help moving house on Saturday', 'sv-moving-help'],
  ['a babysitter on Friday evening', 'sv-child-care'],
  ['look after my cat in August', 'sv-pet-sitting'],
  ['my computer is slow, help', 'sv-computer-help'],
  ['cut my hair', 'sv-hairdressing'],
];

test('what people type finds the category within the first three', () => {
  assert.ok(PHRASES.length >= 40);
  for (const [words, id] of PHRASES) {
    const found = categories.search(words, 3).map((hit) => hit.id);
    assert.ok(found.includes(id), `"${words}" gives ${found.join(', ')}, not ${id}`);
  }
});

test('each of the 10,292 categories is found by its own name', () => {
  const visit = (id: string): void => {
    const name = categories.get(id)?.name ?? '';
    const names = categories.search(name, 3).map((hit) => categories.get(hit.id)?.name);
    assert.ok(names.includes(name), `${id} ${name} gives ${names.join(', ')}`);
    for (const child of categories.children(id)) visit(child);
  };
  for (const root of categories.roots()) visit(root);
});

test('what a thing is counts more than what it is for', () => {
  const first = (words: string): string | undefined =>
    categories.get(categories.search(words, 1)[0]?.id ?? '')?.name;
  assert.equal(first('guitar strings'), 'Guitar Strings');
  assert.equal(first('strings for a guitar'), 'Guitar Strings');
  assert.equal(first('guitar'), 'Guitars');
  assert.equal(first('laptop'), 'Laptops');
  assert.equal(first('laptop repair'), 'Computer Help');
});

test('a name asked for in full scores near 1, a shared word far less', () => {
  const [exact] = categories.search('trumpets', 1);
  assert.ok(exact && exact.score >= 0.97 && exact.score <= 1);
  const other = categories.search('trumpets', 100).find((hit) => hit.id === 'sv-music-lessons');
  assert.ok(other && other.score < 0.5);
  const scores = categories.search('bicycle', 100).map((hit) => hit.score);
  assert.deepEqual(
    scores,
    scores.toSorted((one, two) => two - one),
  );
});

test('a hit names the words that speak for it', () => {
  assert.deepEqual(categories.search('a blue Trumpet near Ghent', 1)[0]?.matched, ['trumpet']);
  assert.deepEqual(categories.search('repair my lovely bicycle', 1)[0]?.matched.toSorted(), [
    'bicycle',
    'repair',
  ]);
  assert.deepEqual(categories.search('lawn mower', 1)[0]?.matched, ['lawn', 'mower']);
  assert.deepEqual(categories.search('gardenchair', 1)[0]?.matched, ['gardenchair']);
});

test('nothing known gives nothing, whatever is typed', () => {
  const nothing = [
    '',
    '   ',
    'a',
    '12345',
    'qwertzuiop',
    '日本語',
    '\u0000',
    '\uD800',
    '(((',
    '__proto__',
    'toString',
  ];
  for (const words of nothing) assert.deepEqual(categories.search(words, 3), [], JSON.stringify(words));
});

test('limits hold: hits, length of the query, and equal input gives equal output', () => {
  assert.equal(categories.search('bicycle', 0).length, 0);
  assert.equal(categories.search('bicycle', -1).length, 0);
  assert.equal(categories.search('bicycle', 1e9).length, 100);
  const long = 'bicycle accessories parts vehicle motor sets tools cases covers '.repeat(1000);
  assert.ok(categories.search(long, 5).length === 5);
  assert.deepEqual(
    categories.search(`${'x'.repeat(500)} trumpet`, 5),
    [],
    'what is beyond the limit is not read',
  );
  assert.deepEqual(
    openCategories().search('old wooden chairs', 50),
    categories.search('old wooden chairs', 50),
  );
});
