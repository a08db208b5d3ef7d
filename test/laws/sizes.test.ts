import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertKept, MODULES, modules } from './ours.ts';
import { oversized } from './sizes.ts';

const lines = (count: number) => 'x();\n'.repeat(count);

test('files and functions can be taken in at one reading', () => {
  assertKept(oversized(MODULES));
});

test('finds a file of 301 lines and a function of 71', () => {
  const found = oversized(
    modules({
      'src/a/long.ts': lines(301),
      'src/a/full.ts': lines(300),
      'src/a/function.ts': `function f() {\n${lines(69)}}\n`,
      'src/a/arrow.ts': `const f = () => {\n${lines(68)}};\n`,
      'web/page.tsx': `const Page = () => (\n<p>\n${'<b />\n'.repeat(68)}</p>\n);\n`,
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.split(/[: ]/)[0]),
    ['src/a/long.ts', 'src/a/function.ts', 'web/page.tsx'],
  );
});

test('a describe may hold as many tests as it likes, a test is a function like any other', () => {
  const found = oversized(
    modules({
      'test/a.test.ts': `describe('a', () => {\n${lines(80)}});\n`,
      'test/b.test.ts': `test('b', () => {\n${lines(80)}});\n`,
    }),
  );
  assert.deepEqual(found, ['test/b.test.ts:1 is a function of 82 lines; 70 are the most']);
});
