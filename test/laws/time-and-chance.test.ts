import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertKept, MODULES, modules } from './ours.ts';
import { uninvitedTimeAndChance } from './time-and-chance.ts';

test('time, ids, randomness and the network are arguments outside the kernel', () => {
  assertKept(uninvitedTimeAndChance(MODULES));
});

const FORBIDDEN = [
  'Date.now();',
  'const clock = Date.now;',
  "Date['now']();",
  'new Date();',
  'Date();',
  'Math.random();',
  'performance.now();',
  'process.hrtime();',
  'crypto.randomUUID();',
  "import { randomUUID } from 'node:crypto';",
  "import { randomBytes as bytes } from 'node:crypto';",
  "import { generateKeyPairSync } from 'node:crypto';",
  "fetch('https://example.org');",
  'const send = options.send ?? fetch;',
  'const deps = { fetch };',
  'globalThis.fetch;',
  'setTimeout(() => {}, 1);',
  "import { setTimeout as sleep } from 'node:timers/promises';",
  'AbortSignal.timeout(5);',
];

for (const text of FORBIDDEN) {
  test(`finds ${text}`, () => {
    assert.equal(uninvitedTimeAndChance(modules({ 'src/vault/x.ts': text })).length, 1);
  });
}

const ALLOWED = [
  'new Date(0);',
  'Date.UTC(2026, 1);',
  'deps.fetch(url);',
  'const send = ({ fetch }: Deps) => fetch(url);',
  'interface Deps { fetch: Fetch; setTimeout(ms: number): void }',
  'type Fetch = typeof fetch;',
  "const text = 'Date.now()'; // Math.random()",
  'const name = `Math.random()`;',
  "import { createHash } from 'node:crypto';",
  'clock.after(5, done);',
];

for (const text of ALLOWED) {
  test(`lets ${text} through`, () => {
    assertKept(uninvitedTimeAndChance(modules({ 'src/vault/x.ts': text })));
  });
}

test('the kernel and tests may', () => {
  assertKept(
    uninvitedTimeAndChance(
      modules({
        'src/kernel/clock.ts': 'Date.now();',
        'src/a/x.test.ts': 'Date.now();',
        'web/a.ts': 'fetch(url);',
      }),
    ),
  );
});
