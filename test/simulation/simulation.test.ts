import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { prepare, runOne, scratchFolder } from './kinds.ts';
import { runModelSeed } from './model/run-model.ts';

/** What CI runs; elsewhere a few show that it works. */
const SEEDS = process.env.CI ? { short: '2000', model: '20000' } : { short: '10', model: '1000' };
const FEW_BUGS = ['skipped-dedupe', 'told-before-commit', 'wrong-prev', 'retry-lost-after-crash'];
const PATIENCE = { timeout: 40 * 60_000 };

test('the same seed is the same run, in a place that is made anew each time', PATIENCE, async () => {
  const hashes: string[] = [];
  for (const seed of [7, 7, 8]) {
    const folder = scratchFolder();
    try {
      await prepare('short', folder);
      hashes.push((await runOne('short', folder, seed)).hash);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
  assert.equal(runModelSeed('model/7').hash, runModelSeed('model/7').hash);
  assert.notEqual(runModelSeed('model/7').hash, runModelSeed('model/8').hash);
});

test('whole nodes keep every invariant through short seeds of trouble', PATIENCE, async () => {
  const { code, out } = await simulate(['--short', '--seeds', SEEDS.short, '--from', '1']);
  assert.match(out, /\n0 failed\n$/);
  assert.equal(code, 0);
});

test('the model of delivery keeps every invariant', PATIENCE, async () => {
  const { code, out } = await simulate(['--model', '--seeds', SEEDS.model, '--from', '1']);
  assert.match(out, /\n0 failed\n$/);
  assert.equal(code, 0);
});

test('bugs that are planted are found', PATIENCE, async () => {
  const { code, out } = await simulate(['--planted', ...FEW_BUGS]);
  assert.match(out, new RegExp(`${FEW_BUGS.length} of ${FEW_BUGS.length} planted bugs found`));
  assert.equal(code, 0);
});

async function simulate(args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out };
}
