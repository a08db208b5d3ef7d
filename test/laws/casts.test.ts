import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unexplained } from './casts.ts';
import { assertKept, MODULES, modules } from './ours.ts';

test('no any, no silenced checker, and every cast has its reason beside it', () => {
  assertKept(unexplained(MODULES));
});

test('finds them all', () => {
  const found = unexplained(
    modules({
      'src/a/any.ts': 'const list: any[] = [];',
      'src/a/generic.ts': 'const map = new Map<string, any>();',
      'src/a/ignore.ts': '// @ts-ignore: later\nf();',
      'src/a/expect.ts': '/* @ts-expect-error */\nf();',
      'src/a/cast.ts': '// a reason\n\nconst a = b as C;',
      'src/a/old.ts': 'const a = <C>b;',
      'src/a/after.ts': 'const a = b as C;\n// too late\n',
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.split(':')[0]),
    ['any', 'generic', 'ignore', 'expect', 'cast', 'old', 'after'].map((name) => `src/a/${name}.ts`),
  );
});

test('lets explained casts, as const and renames through', () => {
  assertKept(
    unexplained(
      modules({
        'src/a/same.ts': 'const a = b as C; // the reason',
        'src/a/before.ts': '// the reason\nconst a = b as unknown as C;',
        'src/a/long.ts': 'const a = {\n  b: 1,\n} as C; // the reason',
        'src/a/const.ts': "const kinds = ['a', 'b'] as const;",
        'src/a/rename.ts':
          "import { a as b } from './same.ts';\nexport { b as c };\nimport * as d from 'zod';",
        'src/a/words.ts': "const text = 'known as any';",
        'src/a/satisfies.ts': 'const a = { b: 1 } satisfies C;',
      }),
    ),
  );
});
