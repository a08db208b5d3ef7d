import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, daysBetween, weekday } from '../../../kernel/civil.ts';
import {
  dateOf,
  easterOf,
  monthAhead,
  monthPeriod,
  nextMonthDay,
  nextMonthsDay,
  nextWeekday,
  weekAhead,
  weekdayInMonth,
  weekendAhead,
} from './calendar.ts';

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2020-01-01', days));

test('Easter Sunday as the churches publish it', () => {
  const published = '1961-04-02 2000-04-23 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2038-04-25';
  for (const date of published.split(' ')) assert.equal(easterOf(Number(date.slice(0, 4))), date);
});

test('Easter is a Sunday from 22 March to 25 April', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1583, max: 4099 }), (year) => {
      const easter = easterOf(year);
      assert.equal(weekday(easter), 7);
      assert(easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25');
    }),
  );
});

test('weeks begin on Monday, weekends on Saturday, and they follow each other', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 9 }), (today, ahead) => {
      const week = weekAhead(today, ahead);
      assert.deepEqual([weekday(week.from), daysBetween(week.from, week.until)], [1, 6]);
      assert.equal(weekAhead(today, ahead + 1).from, addDays(week.until, 1));
      assert.equal(weekendAhead(today, ahead).from, addDays(week.from, 5));
      if (ahead === 0) assert(week.from <= today && today <= week.until);
    }),
  );
});

test('the next day of the week lies within the seven days after today', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 7 }), (today, which) => {
      const next = nextWeekday(today, which);
      assert.equal(weekday(next), which);
      assert(next > today && daysBetween(today, next) <= 7);
    }),
  );
});

test('the next such day of a year is not past, of a month is after today', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      (today, month, date) => {
        const next = nextMonthDay(today, month, date) ?? '';
        assert(next >= today && daysBetween(today, next) <= 366);
        const soon = nextMonthsDay(today, date) ?? '';
        assert(soon > today && daysBetween(today, soon) <= 31);
      },
    ),
  );
  assert.equal(nextMonthDay('2027-03-01', 2, 29), '2028-02-29');
  assert.equal(nextMonthDay('2027-03-01', 2, 30), undefined);
  assert.equal(nextMonthsDay('2027-01-31', 31), '2027-03-31');
});

test('months are whole, and the one that is named is the next not to be over', () => {
  assert.deepEqual(monthPeriod('2026-12-09', 2), { from: '2027-02-01', until: '2027-02-28' });
  assert.deepEqual(monthPeriod('2027-02-16', 2), { from: '2027-02-01', until: '2027-02-28' });
  assert.deepEqual(monthPeriod('2026-12-09', 2, 2028), { from: '2028-02-01', until: '2028-02-29' });
  assert.deepEqual(monthAhead('2026-12-09', 1), { from: '2027-01-01', until: '2027-01-31' });
});

test('the so-manieth weekday of a month, the last one for the fifth', () => {
  assert.equal(weekdayInMonth(2027, 5, 7, 2), '2027-05-09');
  assert.equal(weekdayInMonth(2027, 5, 7, 5), '2027-05-30');
  assert.equal(weekdayInMonth(2027, 2, 1, 5), '2027-02-22');
});

test('a date that does not exist is none', () => {
  assert.equal(dateOf(2027, 2, 29), undefined);
  assert.equal(dateOf(2028, 2, 29), '2028-02-29');
});
