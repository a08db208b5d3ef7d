import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disk } from './disk.ts';

test('on a full disk, a read-only one, and one with a flipped bit, what was acknowledged stays, each word once', {
  timeout: 600_000,
}, async () => {
  const { lost, twice, different, acknowledged, faults } = await disk(2, 'test');
  assert.deepEqual({ lost, twice, different }, { lost: 0, twice: 0, different: 0 });
  assert.ok(acknowledged > 10);
  const kinds = [...faults.keys()];
  for (const kind of ['disk full', 'read-only', 'flipped'])
    assert.ok(
      kinds.some((it) => it.startsWith(kind)),
      kind,
    );
});
