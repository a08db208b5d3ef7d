import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { inWords } from './in-words.ts';
import { line } from './schema.ts';

const Written = z.object({
  name: line,
  word: z.string().min(10).max(12),
  days: z.int().min(1).max(3),
  share: z.number(),
  some: z.array(z.string()).min(1).max(2),
  kind: z.enum(['a', 'b']),
});
const FITS = { name: 'x', word: 'long enough', days: 1, share: 0.5, some: ['x'], kind: 'a' };

/** Of each thing that does not fit, the sentence. */
function said(change: object): string[] {
  const read = Written.safeParse({ ...FITS, ...change }, { error: inWords });
  return read.success ? [] : read.error.issues.map((issue) => issue.message);
}

test('what somebody filled in wrongly is said in plain words, a schema’s own before them', () => {
  assert.deepEqual(said({}), []);
  const wrong: [object, string][] = [
    [{ name: ' ' }, 'Write something here.'],
    [{ word: 'short' }, 'Write at least 10 characters.'],
    [{ word: 'much longer than that' }, 'Write at most 12 characters.'],
    [{ word: undefined }, 'This is missing.'],
    [{ days: 0 }, 'It must be at least 1.'],
    [{ days: 4 }, 'It must be at most 3.'],
    [{ days: 1.5 }, 'Write a whole number.'],
    [{ days: null }, 'Write a number.'],
    [{ share: null }, 'Write a number.'],
    [{ some: [] }, 'Choose at least one.'],
    [{ some: ['1', '2', '3'] }, 'Choose at most 2.'],
  ];
  for (const [change, sentence] of wrong) assert.equal(said(change)[0], sentence, JSON.stringify(change));
});

test('what only a program can get wrong says what there is to choose from', () => {
  assert.match(said({ kind: 'c' })[0] ?? '', /"a"\|"b"/);
});
