import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kills } from './kills.ts';

test('two nodes of which one is killed 40 times while they talk hold the same in the end, each word once', {
  timeout: 900_000,
}, async () => {
  const { lost, twice, different, acknowledged } = await kills(40);
  assert.deepEqual({ lost, twice, different }, { lost: 0, twice: 0, different: 0 });
  assert.ok(acknowledged > 40);
});
