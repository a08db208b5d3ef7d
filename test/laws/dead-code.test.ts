import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadExports, deadFiles } from './dead-code.ts';
import { assertKept, MODULES, modules } from './ours.ts';

test('every file is reached from a program, a script, a test or a benchmark', () => {
  assertKept(deadFiles(MODULES));
});

test('every export has a user', () => {
  assertKept(deadExports(MODULES));
});

test('finds files that nobody reaches, also when they reach each other', () => {
  const found = deadFiles(
    modules({
      'src/main.ts': "import { a } from './a/index.ts'; new Worker(new URL('./w.ts', import.meta.url));",
      'src/w.ts': "const late = await import('./late.ts');",
      'src/late.ts': '',
      'src/a/index.ts': "export { a } from './a.ts';",
      'src/a/a.ts': 'export const a = 1;',
      'src/b/one.ts': "import './two.ts';",
      'src/b/two.ts': "import './one.ts';",
      'src/c/c.test.ts': "import { c } from './c.ts';",
      'src/c/c.ts': 'export const c = 1;',
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.split(' ')[0]),
    ['src/b/one.ts', 'src/b/two.ts'],
  );
});

test('finds exports that nobody takes, also behind an index.ts', () => {
  const found = deadExports(
    modules({
      'src/main.ts': "import { a, type T } from './a/index.ts'; import * as all from './all.ts';",
      'src/all.ts': 'export const whatever = 1;',
      'src/a/index.ts':
        "export { a, b } from './a.ts'; export type * from './types.ts'; export { c as d } from './c.ts';",
      'src/a/a.ts': 'export const a = 1; export const b = 2; export function own() {} own();',
      'src/a/types.ts': 'export interface T {} export type U = T;',
      'src/a/c.ts': 'const c = 1; export { c };',
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.replace(/, which.*/, '')),
    [
      'src/a/index.ts exports b',
      'src/a/index.ts exports d',
      'src/a/a.ts exports b',
      'src/a/a.ts exports own',
      'src/a/types.ts exports U',
      'src/a/c.ts exports c',
    ],
  );
});
