import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openCategories } from './categories.ts';
import type { CuratedCategory } from './model.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url), 'utf8'));
// The shapes that the tests below check field by field.
const curated = read('curated') as CuratedCategory[];
// As above.
const sample = read('sample-categories') as { id: string; name: string; path: string; kind: string }[];
// As above.
const sensitive = read('sensitive') as { id: string; why: string }[];
const categories = openCategories();

test('each sample category exists, is a leaf, and is described as the taxonomy describes it', () => {
  assert.ok(sample.length >= 145 && sample.length <= 155);
  assert.equal(sample.filter((row) => row.kind === 'service').length, 10);
  assert.ok(new Set(sample.map((row) => row.path.split(' > ')[0])).size >= 15, 'spread over many verticals');
  for (const row of sample) {
    const category = categories.get(row.id);
    assert.ok(category, row.id);
    assert.deepEqual(row, { id: category.id, name: category.name, path: category.path, kind: category.kind });
    assert.equal(category.leaf, true, `${row.id} is a leaf`);
  }
});

test('each sample category, and no other, is curated once', () => {
  assert.deepEqual(curated.map((row) => row.id).sort(), sample.map((row) => row.id).sort());
});

test('curated rows keep their rules', () => {
  const taken = new Map<string, string>();
  for (const { id, synonyms, attributes, price } of curated) {
    assert.ok(synonyms.length >= 5 && synonyms.length <= 15, `${id} has 5 to 15 synonyms`);
    for (const synonym of synonyms) {
      assert.equal(synonym.trim(), synonym);
      const owner = taken.get(synonym.toLowerCase());
      assert.equal(owner, undefined, `"${synonym}" of ${id} is also of ${owner}`);
      taken.set(synonym.toLowerCase(), id);
    }
    assert.ok(attributes.length >= 1 && attributes.length <= 6, `${id} has 1 to 6 attributes`);
    assert.equal(new Set(attributes.map((attribute) => attribute.key)).size, attributes.length, id);
    for (const attribute of attributes) {
      assert.match(attribute.key, /^[a-z][A-Za-z]+$/);
      assert.ok(attribute.label.length > 0 && ['choice', 'number', 'text'].includes(attribute.kind), id);
      if (attribute.kind === 'choice') {
        assert.ok(
          attribute.values.length >= (attribute.key === 'itemCondition' ? 1 : 2),
          `${id} ${attribute.key}`,
        );
        assert.equal(new Set(attribute.values).size, attribute.values.length, `${id} ${attribute.key}`);
        assert.ok(attribute.values.every((value) => value.trim() === value && value !== ''));
      }
    }
    const [low, high] = price;
    assert.ok(
      Number.isSafeInteger(low) && Number.isSafeInteger(high) && low > 0 && low < high,
      `${id} price`,
    );
  }
});

test('a synonym leads to its category within the first three', () => {
  for (const { id, synonyms } of curated) {
    for (const synonym of synonyms) {
      const found = categories.search(synonym, 3).map((hit) => hit.id);
      assert.ok(found.includes(id), `"${synonym}" gives ${found.join(', ')}, not ${id}`);
    }
  }
});

test('what can harm is sensitive, with all below it, and a trumpet is not', () => {
  for (const { id, why } of sensitive) {
    assert.equal(categories.get(id)?.sensitive, true, id);
    assert.ok(why.length > 0);
    for (const child of categories.children(id)) assert.equal(categories.get(child)?.sensitive, true, child);
  }
  for (const row of curated) if (row.sensitive) assert.equal(categories.get(row.id)?.sensitive, true, row.id);
  assert.equal(categories.get('ae-2-8-3-5-3')?.sensitive, false);
  assert.ok(curated.filter((row) => row.sensitive).length >= 5);
});

test('attributes: own ones first, else what relatives share, and goods always say their condition', () => {
  const keys = (id: string): string[] => categories.attributesOf(id).map((attribute) => attribute.key);
  assert.deepEqual(keys('ae-2-8-3-5-3'), [
    'itemCondition',
    'musicalKey',
    'finish',
    'educationalLevel',
    'brand',
  ]);
  assert.deepEqual(
    keys('ae-2-8-3-5-1'),
    ['itemCondition', 'educationalLevel', 'brand'],
    'a cornet beside trumpets',
  );
  assert.ok(!keys('fb-2-10-8-40').includes('variety'), 'potatoes have no apple varieties');
  const potatoes = categories.attributesOf('fb-2-10-8-40')[0];
  assert.deepEqual(potatoes?.kind === 'choice' && potatoes.values, ['new'], 'food is not for sale used');
  assert.deepEqual(keys('sv-gardening'), ['serviceType', 'area', 'frequency', 'wasteRemoval']);
  assert.deepEqual(keys('nowhere'), []);
  const guitars = categories.attributesOf('ae-2-8-7-2').find((attribute) => attribute.key === 'handedness');
  assert.deepEqual(guitars?.kind === 'choice' && guitars.values, ['right', 'left']);
  const condition = categories.attributesOf('el-6-6')[0];
  assert.deepEqual(condition?.kind === 'choice' && condition.values, ['new', 'used', 'refurbished']);
});

test('every one of the categories can be described', () => {
  const visit = (id: string): number => {
    const category = categories.get(id);
    const keys = categories.attributesOf(id).map((attribute) => attribute.key);
    assert.equal(new Set(keys).size, keys.length, id);
    assert.equal(keys[0] === 'itemCondition', category?.kind === 'goods', id);
    return categories.children(id).reduce((count, child) => count + visit(child), 1);
  };
  assert.equal(
    categories.roots().reduce((count, root) => count + visit(root), 0),
    categories.size,
  );
});
