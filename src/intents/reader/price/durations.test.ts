import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DURATION, readDuration } from './durations.ts';

test('stretches of time, in minutes', () => {
  const rows: readonly (readonly [string, bigint])[] = [
    ['two hours', 120n],
    ['2 hours', 120n],
    ['2h', 120n],
    ['1h30', 90n],
    ['1.5 hours', 90n],
    ['90 minutes', 90n],
    ['90 min', 90n],
    ['half an hour', 30n],
    ['an hour', 60n],
    ['an hour and a half', 90n],
    ['two and a half hours', 150n],
    ['2½ hours', 150n],
    ['half a day', 240n],
    ['a day', 480n],
  ];
  for (const [text, minutes] of rows) {
    const [whole] = new RegExp(`^${DURATION}$`).exec(text) ?? [];
    assert.equal(whole, text, `${text} is a stretch of time`);
    assert.equal(readDuration(text), minutes, text);
  }
});
