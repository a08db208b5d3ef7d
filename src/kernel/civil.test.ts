import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, civilDateAt, dayInWords, daysBetween, isCivilDate, weekday } from './civil.ts';

test('only days that exist are dates', () => {
  assert.deepEqual(
    ['2028-02-29', '2027-02-29', '2026-11-31', '2026-13-01', '2026-1-1', '0000-01-01', '9999-12-31'].map(
      isCivilDate,
    ),
    [true, false, false, false, false, false, true],
  );
});

test('a date is what clocks in its zone show', () => {
  const at = Date.UTC(2026, 10, 21, 23, 30);
  assert.equal(civilDateAt(at, 'Europe/Brussels'), '2026-11-22');
  assert.equal(civilDateAt(at, 'America/Los_Angeles'), '2026-11-21');
});

test('days are counted over month ends and clock changes', () => {
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(addDays('2028-03-01', -1), '2028-02-29');
  assert.equal(daysBetween('2026-10-24', '2026-10-26'), 2);
  assert.equal(weekday('2026-11-21'), 6);
  assert.equal(weekday('2026-11-22'), 7);
});

test('a date is written out as people write it', () => {
  assert.equal(dayInWords('2026-12-24'), '24 December 2026');
  assert.equal(dayInWords('2028-02-29'), '29 February 2028');
});
