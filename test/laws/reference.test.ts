import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { referencePages } from '../../scripts/reference/pages.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('the reference says what the sources say', () => {
  const stale = [...referencePages(ROOT)]
    .filter(([name, text]) => {
      const path = join(ROOT, 'docs', 'reference', name);
      return !existsSync(path) || readFileSync(path, 'utf8') !== text;
    })
    .map(([name]) => `docs/reference/${name}`);
  assert.deepEqual(stale, [], 'out of date: run scripts/write-reference.ts with Node 24');
});
