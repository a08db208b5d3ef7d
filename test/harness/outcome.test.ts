import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batches, needsBrowser } from '../../scripts/testing/files.ts';
import { type Outcome, summarise } from '../../scripts/testing/outcome.ts';

const good: Outcome = { name: 'good', file: 'a.test.ts', ms: 10, failure: undefined, skipped: false };
const bad: Outcome = { ...good, name: 'bad', failure: 'because\nof this' };
const left: Outcome = { ...good, name: 'left', skipped: true };
const lenient = { ms: 1000, nothingLeftOut: false };
const strict = { ms: 1000, nothingLeftOut: true };

test('the last line is plain and names skipped tests only when there are any', () => {
  assert.equal(summarise([good, good, bad], [], lenient).line, '2 passed, 1 failed');
  assert.equal(summarise([good, left], [], lenient).line, '1 passed, 0 failed, 1 skipped');
});

test('a run fails when a test failed or none ran', () => {
  assert.equal(summarise([good], [], lenient).exitCode, 0);
  assert.equal(summarise([good, bad], [], lenient).exitCode, 1);
  assert.equal(summarise([], [], lenient).exitCode, 1);
  assert.equal(summarise([left], [], lenient).exitCode, 1);
});

test('where nothing may be left out, a run that left something out fails', () => {
  assert.equal(summarise([good], ['the browser'], lenient).exitCode, 0);
  assert.equal(summarise([good], ['the browser'], strict).exitCode, 1);
  assert.equal(summarise([good, left], [], strict).exitCode, 1);
  assert.equal(summarise([good], [], strict).exitCode, 0);
});

test('failures are told whole, with what was left out and the ten slowest', () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ ...good, name: `t${i}`, ms: i * 1000 }));
  const { text } = summarise([...many, bad], ['the browser'], lenient);
  assert.match(text, /FAILED {2}a\.test\.ts: bad\n {2}because\n {2}of this\n/);
  assert.match(text, /Left out\n {2}the browser\n/);
  assert.match(text, /11\.00 s {2}a\.test\.ts: t11\n/);
  assert.doesNotMatch(text, /: t1\n/);
});

test('quick files share two processes, the others have their own', () => {
  const files = [
    'src/a.test.ts',
    'test/harness/run.test.ts',
    'test/laws/b.test.ts',
    'web/c.test.ts',
    'test/node/d.test.ts',
  ];
  assert.deepEqual(
    batches(files, 2).map((batch) => batch.files),
    [
      ['src/a.test.ts', 'web/c.test.ts'],
      ['test/laws/b.test.ts'],
      ['test/harness/run.test.ts'],
      ['test/node/d.test.ts'],
    ],
  );
  assert.deepEqual(
    ['test/browser/story.test.ts', 'test/harness/browser.test.ts', 'src/doors/http/browsers.test.ts'].map(
      needsBrowser,
    ),
    [true, true, false],
  );
});
