import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyNoDevice } from './device.ts';
import { powerloss } from './powerloss.ts';

const why = whyNoDevice();

test(`machines that lose their power keep what they acknowledged, and a disk that lies is found out${why ? `: ${why}` : ''}`, {
  skip: why ?? false,
  timeout: 600_000,
}, async () => {
  const { lost, twice, different, acknowledged, betrayed } = await powerloss(4, 'test', undefined, true);
  assert.deepEqual({ lost, twice, different }, { lost: 0, twice: 0, different: 0 });
  assert.ok(acknowledged > 4);
  assert.ok(betrayed > 0, 'what the disks had not kept was missed');
});
