import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertKept, MODULES, modules } from './ours.ts';
import { hooksForAll } from './shared-process.ts';

test('no hook of one test file runs around the tests of another', () => {
  assertKept(hooksForAll(MODULES));
});

test('finds a hook outside every describe', () => {
  const found = hooksForAll(
    modules({
      'src/a.test.ts': 'beforeEach(() => {});',
      'src/b.test.ts': "describe('b', () => { beforeEach(() => {}); });\nafter(() => {});",
    }),
  );
  assert.deepEqual(found, ['src/a.test.ts:1 has a beforeEach outside a describe']);
});
