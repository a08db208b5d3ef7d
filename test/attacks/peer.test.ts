import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptAll } from './attempt.ts';
import { ATTACKS } from './table.ts';

test('no attack of a hostile peer succeeds', { timeout: 600_000 }, async () => {
  assert.ok(ATTACKS.length >= 100);
  assert.equal(
    new Set(ATTACKS.map((it) => it.name)).size,
    ATTACKS.length,
    'every attack has a name of its own',
  );
  const attempted = await attemptAll(ATTACKS);
  assert.deepEqual(
    attempted.filter((it) => it.achieved !== undefined).map((it) => `${it.attack.name}: ${it.achieved}`),
    [],
  );
});
