import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '../../../kernel/civil.ts';
import { openSentence } from '../sentence.ts';
import { readTiming } from './windows.ts';

/** '/2026-12-24' for until that day; readings that have to be asked about stand side by side. */
function read(
  text: string,
  today = '2026-12-09',
  country: string | undefined = 'BE',
  isGoods = false,
): string {
  const timing = readTiming(openSentence(text), { today, ...(country !== undefined && { country }) });
  if (timing === undefined) return 'none';
  const windows = isGoods && timing.forGoods ? [timing.forGoods] : timing.windows;
  return windows.map(({ from = '', until = '' }) => `${from}/${until}`).join(' or ') || 'ask';
}

// 9 December 2026 is a Wednesday.
const ROWS: readonly (readonly [string, string])[] = [
  ['before Christmas', '/2026-12-24'],
  ['by Christmas', '/2026-12-25'],
  ['after Christmas', '2026-12-26/'],
  ['before New Year', '/2026-12-31'],
  ["on New Year's Eve", '2026-12-31/2026-12-31'],
  ['before Easter', '/2027-03-27'],
  ['before Good Friday', '/2027-03-25'],
  ['Christmas tree', 'none'],
  ['for the Christmas party', 'none'],
  ['Easter eggs', 'none'],
  ['today', '2026-12-09/2026-12-09'],
  ['tomorrow morning', '2026-12-10/2026-12-10'],
  ['the day after tomorrow', '2026-12-11/2026-12-11'],
  ['this afternoon', '2026-12-09/2026-12-09'],
  ['this week', '/2026-12-13'],
  ['next week', '2026-12-14/2026-12-20'],
  ['the week after next', '2026-12-21/2026-12-27'],
  ['this weekend', '2026-12-12/2026-12-13'],
  ['next weekend', '2026-12-19/2026-12-20'],
  ['before the weekend', '/2026-12-11'],
  ['this month', '/2026-12-31'],
  ['next month', '2027-01-01/2027-01-31'],
  ['before the end of the year', '/2026-12-31'],
  ['by the end of February', '/2027-02-28'],
  ['early January', '2027-01-01/2027-01-10'],
  ['in the first week of March', '2027-03-01/2027-03-07'],
  ['in March', '2027-03-01/2027-03-31'],
  ['before March', '/2027-02-28'],
  ['by March', '/2027-02-28 or /2027-03-31'],
  ['it may be old', 'none'],
  ['a march band jacket', 'none'],
  ['in May', '2027-05-01/2027-05-31'],
  ['5 May', '2027-05-05/2027-05-05'],
  ['the 5th of May', '2027-05-05/2027-05-05'],
  ['May 5th, 2027', '2027-05-05/2027-05-05'],
  ['the first of January', '2027-01-01/2027-01-01'],
  ['on the first Saturday of January', '2027-01-02/2027-01-02'],
  ['before 3 December', '/2027-12-02'],
  ['before the 5th', '/2027-01-04'],
  ['by the 20th', '/2026-12-20'],
  ['after the 15th', '2026-12-16/'],
  ['between the 3rd and the 10th', '2027-01-03/2027-01-10'],
  ['from 23 to 30 December', '2026-12-23/2026-12-30'],
  ['3-10 March', '2027-03-03/2027-03-10'],
  ['March 3-10', '2027-03-03/2027-03-10'],
  ['from 20 December until 3 January', '2026-12-20/2027-01-03'],
  ['20 Dec - 3 Jan', '2026-12-20/2027-01-03'],
  ['on Friday', '2026-12-11/2026-12-11'],
  ['by Friday', '/2026-12-11'],
  ['before Friday', '/2026-12-10'],
  ['from Friday onwards', '2026-12-11/'],
  ['next Friday', '2026-12-11/2026-12-11 or 2026-12-18/2026-12-18'],
  ['next Tuesday', '2026-12-15/2026-12-15'],
  ['Friday next week', '2026-12-18/2026-12-18'],
  ['Friday or Saturday', '2026-12-11/2026-12-12'],
  ['from Monday to Friday next week', '2026-12-14/2026-12-18'],
  ['not before Monday but by Friday', '2026-12-14/2026-12-18'],
  ['on Fridays', 'none'],
  ['every Friday', 'none'],
  ['a Sunday roast', 'none'],
  ['not on Sunday', 'none'],
  ['by 24/12', '/2026-12-24'],
  ['by 24.12.', '/2026-12-24'],
  ['on 5/5', '2027-05-05/2027-05-05'],
  ['by 2026-12-24', '/2026-12-24'],
  ['on 24/12/26', '2026-12-24/2026-12-24'],
  ['a 3/4 violin', 'none'],
  ['within two weeks', '/2026-12-23'],
  ['within 10 days', '/2026-12-19'],
  ['within a month', '/2027-01-09'],
  ['within 24 hours', '/2026-12-10'],
  ['in two weeks', '/2026-12-23 or 2026-12-23/2026-12-23'],
  ['in the next two weeks', '/2026-12-23'],
  ['for two weeks', 'none'],
  ['5 December at the latest', '/2027-12-05'],
  ['latest Monday', '/2026-12-14'],
  ['no later than 20 December', '/2026-12-20'],
  ['not before 20 December', '2026-12-20/'],
  ['20 December or later', '2026-12-20/'],
  ["before my daughter's birthday on 20 December", '/2026-12-19'],
  ['before summer', 'ask'],
  ['a winter coat', 'none'],
  ['as soon as possible', 'none'],
  ['at 18:30', 'none'],
  ['from 9 to 5', 'none'],
  ['between 2 and 4 pm', 'none'],
  ['from 1950', 'none'],
];

describe('when it is wanted', () => {
  for (const [text, expected] of ROWS) test(text, () => assert.equal(read(`a lamp ${text}`), expected));
});

test('the home country decides which number is the month; without one it is asked', () => {
  assert.equal(read('dog sitter on 3/4', '2026-11-21', 'BE'), '2027-04-03/2027-04-03');
  assert.equal(read('dog sitter on 3/4', '2026-11-21', 'US'), '2027-03-04/2027-03-04');
  assert.equal(
    readTiming(openSentence('dog sitter on 3/4'), { today: '2026-11-21' })?.windows.length,
    2,
    'without a home',
  );
  assert.equal(read('dog sitter on 13/4', '2026-11-21', 'US'), '2027-04-13/2027-04-13');
});

test('a thing for Christmas is wanted before it, somebody for Christmas on it', () => {
  assert.equal(read('for Christmas', '2026-12-09', 'BE', true), '/2026-12-24');
  assert.equal(read('for Christmas', '2026-12-09', 'BE', false), '2026-12-25/2026-12-25');
  assert.equal(read('for Saturday', '2026-12-09', 'BE', true), '/2026-12-12');
});

test("Mother's Day depends on the country and is asked about where that is not known", () => {
  assert.equal(read("before Mother's Day", '2027-01-05', 'BE'), '/2027-05-08');
  assert.equal(read("before Mother's Day", '2027-01-05', 'GB'), '/2027-03-06');
  assert.deepEqual(readTiming(openSentence("before Mother's Day"), { today: '2027-01-05' })?.windows, []);
});

test('on a Saturday this weekend has begun, and before the weekend is before the next', () => {
  assert.equal(read('this weekend', '2026-11-21'), '2026-11-21/2026-11-22');
  assert.equal(read('before the weekend', '2026-11-21'), '/2026-11-27');
});

test('no window ends before today, whatever day it is', () => {
  const texts = ROWS.map(([text]) => text);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(...texts), (days, text) => {
      const today = addDays('2026-01-01', days);
      const timing = readTiming(openSentence(`a lamp ${text}`), { today, country: 'BE' });
      for (const { from, until } of timing?.windows ?? []) {
        assert(until === undefined || until >= today, `${text} on ${today} ends ${until}`);
        assert(from === undefined || until === undefined || from <= until, `${text} on ${today}`);
      }
    }),
    { numRuns: 500 },
  );
});
