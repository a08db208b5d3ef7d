import assert from 'node:assert/strict';
import { test } from 'node:test';
import { net } from './net.ts';

test('over a network that cuts, delays, truncates, doubles, refuses and repeats, each word arrives once', {
  timeout: 600_000,
}, async () => {
  const { lost, twice, different, acknowledged, faults } = await net(8, 'test');
  assert.deepEqual({ lost, twice, different }, { lost: 0, twice: 0, different: 0 });
  assert.ok(acknowledged > 20);
  assert.ok(faults.size > 2, 'the network was bad');
});
