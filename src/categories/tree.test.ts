import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildTree } from './tree.ts';

const row = (id: string, parent_id: string | null) => ({ id, name: id.toUpperCase(), parent_id });

test('a tree is two numbers per category', () => {
  const tree = buildTree('v', [row('a', null), row('b', 'a'), row('c', 'b'), row('d', 'a'), row('e', null)]);
  assert.deepEqual([...tree.parent], [-1, 0, 1, 0, -1]);
  assert.deepEqual([...tree.end], [4, 3, 3, 4, 5]);
});

test('a release whose rows are no preorder is refused', () => {
  assert.throws(() => buildTree('v', [row('a', null), row('a', null)]), /stands twice/);
  assert.throws(() => buildTree('v', [row('a', 'nowhere')]), /a does not follow its parent/);
  assert.throws(() => buildTree('v', [row('b', 'a'), row('a', null)]), /does not follow/);
  const torn = [row('a', null), row('b', 'a'), row('c', null), row('d', 'b')];
  assert.throws(() => buildTree('v', torn), /d does not follow its parent/);
});
