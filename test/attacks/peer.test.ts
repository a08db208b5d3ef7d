import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptAll } from './attempt.ts';
import { ATTACKS } from './table.ts';

/** A plain run tries every other one, CI all. */
const TRIED = ATTACKS.filter((_, at) => process.env.CI === 'true' || at % 2 === 0);

test('no attack of a hostile peer succeeds', { timeout: 600_000 }, async () => {
  assert.ok(ATTACKS.length >= 100);
  assert.equal(
    new Set(ATTACKS.map((it) => it.name)).size,
    ATTACKS.length,
    'every attack has a name of its own',
  );
  const attempted = await attemptAll(TRIED);
  assert.deepEqual(
    attempted.filter((it) => it.achieved !== undefined).map((it) => `${it.attack.name}: ${it.achieved}`),
    [],
  );
});
