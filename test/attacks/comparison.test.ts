import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonCode as onDevice } from '../../device/comparison.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { comparisonCode } from '../../src/relationships/comparison-rules.ts';
import { adoptedRoot } from './adopted-root.ts';

const random = seededRandom('who stands between');
const somebody = () => adoptedRoot(random, random.bytes(32)).state;

test('whoever stands between two and names the root of each as their own is told by the code, on nodes and devices', async () => {
  const [maya, tom] = [somebody(), somebody()];
  const [asTom, asMaya] = [adoptedRoot(random, tom.root).state, adoptedRoot(random, maya.root).state];
  assert.deepEqual([asTom.root, asMaya.root], [tom.root, maya.root], 'a log may name any root');
  const screens = [comparisonCode(maya, asTom), comparisonCode(asMaya, tom)];
  const [hers = '', his = ''] = screens;
  const groups = (code: string) => code.split(' ');
  assert.ok(groups(hers).every((group, at) => group !== groups(his)[at]));
  assert.ok(!screens.includes(comparisonCode(maya, tom)));
  const devices = [await onDevice(maya, asTom), await onDevice(asMaya, tom)];
  assert.deepEqual(devices, screens);
});
