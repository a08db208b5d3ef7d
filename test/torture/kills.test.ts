import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kills } from './kills.ts';

const ROUNDS = process.env.CI === 'true' ? 40 : 8;

test('two nodes of which one is killed while they talk, over and over, hold the same in the end, each word once', {
  timeout: 900_000,
}, async () => {
  const { lost, twice, different, acknowledged } = await kills(ROUNDS);
  assert.deepEqual({ lost, twice, different }, { lost: 0, twice: 0, different: 0 });
  assert.ok(acknowledged > ROUNDS);
});
