import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fail } from '../kernel/result.ts';
import { failureOf } from './call.ts';
import { browserLabel } from './http/session.ts';
import { bugLines } from './report-bug.ts';

test('a bug is told by its kind and its places, never by its words', () => {
  const error = new TypeError('Ada Lovelace, 12 St James Square');
  const lines = bugLines(error);
  assert.equal(lines[1], 'TypeError');
  assert(lines.some((line) => line.includes('doors.test.ts')));
  assert(!lines.join().includes('Ada'));
  assert.deepEqual(bugLines('Ada'), ['bug in Parley', 'string']);
});

test("a mistake in a statement is told with SQLite's words, which name tables only", () => {
  const database = new DatabaseSync(':memory:');
  assert.throws(
    () => database.exec('select * from missing_table'),
    (error) => bugLines(error)[1]?.includes('no such table: missing_table') ?? false,
  );
});

test('what is thrown becomes a failure, and only a bug is reported as one', () => {
  const reported: unknown[] = [];
  const report = (error: unknown): void => void reported.push(error);
  const full = Object.assign(new Error('x'), { code: 'ENOSPC' });
  assert.equal(failureOf(full, report).code, 'database-full');
  assert.deepEqual(reported, []);
  const bug = new Error('a bug');
  assert.deepEqual({ ...failureOf(bug, report), message: '', next: '' }, fail('internal-error', '', ''));
  assert.deepEqual(reported, [bug]);
});

test('a browser is called what its owner calls it', () => {
  const agents: [string, string][] = [
    ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/17 Safari/605.1',
      'Safari on Mac OS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/128.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['', 'A browser'],
  ];
  for (const [agent, label] of agents) assert.equal(browserLabel(agent), label);
});
