import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { runHistory } from './run.ts';

const PATIENCE = { timeout: 10 * 60_000 };

test('in no history of keys does an old one open anything new, and every opening is told', PATIENCE, () => {
  for (let seed = 1; seed <= 200; seed++) {
    const { broken } = runHistory(seed);
    assert.equal(broken, undefined, `npm run -s histories -- --seed ${seed}`);
  }
});

test('the same seed is the same history', () => {
  assert.deepEqual(runHistory(7), runHistory(7));
  assert.notDeepEqual(runHistory(7).told, runHistory(8).told);
});

test('bugs that are planted are found', PATIENCE, () => {
  const main = join(import.meta.dirname, 'main.ts');
  const { stdout, status } = spawnSync(process.execPath, [main, '--planted'], { encoding: 'utf8' });
  assert.match(stdout, /\n(\d+) of \1 planted bugs found/);
  assert.equal(status, 0);
});
