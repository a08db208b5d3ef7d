import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertKept, MODULES, modules } from './ours.ts';
import { environmentReaders, impureRules } from './purity.ts';

test('rules are pure', () => {
  assertKept(impureRules(MODULES));
});

test('only src/config.ts reads the environment', () => {
  assertKept(environmentReaders(MODULES));
});

test('finds rules that read or write, directly or through their room', () => {
  const found = impureRules(
    modules({
      'src/a/rules.ts': "import { readFileSync } from 'node:fs';",
      'src/b/price-rules.ts': "import { sum } from './sum.ts';",
      'src/b/sum.ts': "import { sql } from 'kysely';",
      'src/c/rules.ts': "import { rows } from './offer-store.ts';",
      'src/d/rules.ts': "import { send } from '../delivery/index.ts';",
      'src/e/rules.ts':
        "import type { Tx } from '../storage/index.ts'; import { createHash } from 'node:crypto';",
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.split(' ')[0]),
    ['src/a/rules.ts', 'src/b/price-rules.ts', 'src/c/rules.ts', 'src/d/rules.ts'],
  );
});

test('finds readers of the environment', () => {
  const found = environmentReaders(
    modules({
      'src/config.ts': 'process.env.HOME;',
      'src/a/x.ts': 'const home = process.env.HOME;',
      'src/a/y.ts': "const { HOME } = process['env'];",
      'src/a/z.ts': "import { env } from 'node:process';",
      'src/a/w.ts': 'globalThis.process.env;',
      'src/a/fine.ts': "const text = 'process.env'; // process.env",
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.split(':')[0]),
    ['src/a/x.ts', 'src/a/y.ts', 'src/a/z.ts', 'src/a/w.ts'],
  );
});
