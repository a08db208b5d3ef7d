import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openCategories } from './index.ts';

const categories = openCategories();
const TRUMPETS = 'ae-2-8-3-5-3';

test('the whole taxonomy and our services are there', () => {
  assert.equal(categories.size, 10_281 + 11);
  assert.equal(categories.version, 'shopify-2024-07+services-11');
  assert.equal(categories.roots().length, 26);
  assert.equal(categories.roots().at(-1), 'sv');
});

test('a category knows what it is and where it stands', () => {
  const trumpets = categories.get(TRUMPETS);
  assert.equal(trumpets?.name, 'Trumpets');
  assert.match(trumpets?.path ?? '', /^Arts & Entertainment > .* > Trumpets & Cornets > Trumpets$/);
  assert.deepEqual([trumpets?.kind, trumpets?.leaf, trumpets?.sensitive], ['goods', true, false]);
  assert.deepEqual(trumpets?.price, [18_000, 120_000]);
  assert.deepEqual(categories.ancestors(TRUMPETS), ['ae-2-8-3-5', 'ae-2-8-3', 'ae-2-8', 'ae-2', 'ae']);
  assert.equal(categories.parent(TRUMPETS), 'ae-2-8-3-5');
  assert.equal(categories.parent('ae'), undefined);
  assert.deepEqual(categories.children('ae-2-8-3-5'), ['ae-2-8-3-5-1', 'ae-2-8-3-5-2', TRUMPETS]);
  assert.equal(categories.get('sv-gardening')?.kind, 'service');
  assert.equal(categories.get('se-5-3')?.kind, 'service');
});

test('an unknown id gives nothing', () => {
  for (const id of ['', 'nowhere', 'ae-2-8-3-5-99', '__proto__', 'constructor']) {
    assert.equal(categories.get(id), undefined);
    assert.equal(categories.parent(id), undefined);
    assert.equal(categories.order(id), undefined);
    assert.equal(categories.range(id), undefined);
    assert.deepEqual(
      [categories.ancestors(id), categories.children(id), categories.attributesOf(id)],
      [[], [], []],
    );
    assert.equal(categories.isWithin(id, 'ae'), false);
    assert.equal(categories.isWithin('ae', id), false);
    assert.equal(categories.isWithin(id, id), false);
  }
});

test('preorder ranges nest, touch without overlap, and mean the same as walking up', () => {
  const all: string[] = [];
  const visit = (id: string): void => {
    const range = categories.range(id);
    assert.ok(range, id);
    assert.equal(range.from, categories.order(id));
    assert.equal(range.from, all.length, 'orders are 0, 1, 2 ... without a gap');
    all.push(id);
    let next = range.from + 1;
    for (const child of categories.children(id)) {
      assert.equal(categories.parent(child), id);
      assert.equal(categories.range(child)?.from, next);
      next = categories.range(child)?.to ?? 0;
      visit(child);
    }
    assert.equal(range.to, next);
    assert.equal(categories.get(id)?.leaf, range.to === range.from + 1);
  };
  for (const root of categories.roots()) visit(root);
  assert.equal(all.length, categories.size);
  const probes = all.filter((_, index) => index % 97 === 0);
  for (const one of probes) {
    const line = [one, ...categories.ancestors(one)];
    for (const other of probes) assert.equal(categories.isWithin(one, other), line.includes(other));
    for (const ancestor of line) assert.equal(categories.isWithin(one, ancestor), true);
  }
});

test('all of it, with the search index, takes less than 6 MB', () => {
  setFlagsFromString('--expose_gc');
  // V8 puts gc into a new context once the flag is set.
  const collect = runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const second = openCategories();
  assert.equal(second.search('trumpet', 1).length, 1);
  assert.ok(used() - before < 6_000_000, `${used() - before} bytes`);
  assert.equal(second.size, categories.size);
});
