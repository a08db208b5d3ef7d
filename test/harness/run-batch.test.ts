import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Outcome } from '../../scripts/testing/outcome.ts';
import { runBatch } from '../../scripts/testing/run-batch.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-batch-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const LIMITS = { testMs: 2000, batchMs: 20_000, lingerMs: 600 };

/** Runs these files as one batch and waits for its end. */
async function outcomes(
  texts: Record<string, string>,
  limits = LIMITS,
  signal = new AbortController().signal,
) {
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, name), `import { test, describe } from 'node:test';\n${text}\n`);
  }
  const found: Outcome[] = [];
  const batch = { title: 'all', files: Object.keys(texts) };
  const output = await runBatch(batch, process.env, signal, (it) => found.push(it), limits, folder);
  return { found, output, names: found.map((it) => `${it.file}: ${it.name}`) };
}

test('tells every test by its file and full name, and a failure whole', async () => {
  const { found, names, output } = await outcomes({
    'a.test.ts':
      "describe('group', () => { test('good', () => {}); test('bad', () => { throw new Error('why\\u2028not'); }); });",
    'b.test.ts': "console.log('printed'); test('left out', { skip: true }, () => {});",
  });
  assert.deepEqual(names.sort(), [
    'a.test.ts: group › bad',
    'a.test.ts: group › good',
    'b.test.ts: left out',
  ]);
  assert.match(
    found.find((it) => it.name.endsWith('bad'))?.failure ?? '',
    /Error: why\u2028not\n.*a\.test\.ts/s,
  );
  assert.equal(found.find((it) => it.skipped)?.name, 'left out');
  assert.match(output, /printed/);
});

test('a file that cannot be read, and one without tests, have failed', async () => {
  const { found } = await outcomes({
    'c.test.ts': "import './missing.ts';\ntest('never', () => {});",
    'd.test.ts': '',
    'e.test.ts': "test('good', () => {});",
  });
  const failures = found.filter((it) => it.failure !== undefined);
  assert.deepEqual(failures.map((it) => it.file).sort(), ['c.test.ts', 'd.test.ts']);
});

test('a process that ends in the middle has failed', async () => {
  const { found } = await outcomes({ 'f.test.ts': "test('ends all', () => process.exit(0));" });
  assert.deepEqual([found.length, found[0]?.failure !== undefined], [1, true]);
  assert.match(found[0]?.name ?? '', /ended early/);
});

test('an error after the test has ended is a failure', async () => {
  const { found } = await outcomes({
    'g.test.ts': `test('good', () => { setTimeout(() => { throw new Error('late'); }, 5); });
      test('slow', () => new Promise((resolve) => setTimeout(resolve, 100)));`,
  });
  assert.match(found.find((it) => it.failure !== undefined)?.failure ?? '', /late/);
});

test('a test that takes too long, and a process that stays, have failed', async () => {
  const slow = await outcomes(
    { 'h.test.ts': "test('slow', () => new Promise((resolve) => setTimeout(resolve, 3000)));" },
    { ...LIMITS, testMs: 200 },
  );
  assert.match(slow.found[0]?.failure ?? '', /timed out/);
  const stays = await outcomes({ 'i.test.ts': "test('good', () => { setInterval(() => {}, 100); });" });
  assert.equal(stays.names.length, 2);
  assert.match(stays.names[1] ?? '', /all tests ended, but/);
});

test('stops when it is told to', async () => {
  const stopping = new AbortController();
  setTimeout(() => stopping.abort(), 300);
  const start = performance.now();
  const { names } = await outcomes(
    { 'j.test.ts': "test('long', () => new Promise((resolve) => setTimeout(resolve, 60_000)));" },
    { ...LIMITS, testMs: 60_000 },
    stopping.signal,
  );
  assert.ok(performance.now() - start < 20_000);
  assert.ok(names.includes('j.test.ts: the process stopped'));
});
