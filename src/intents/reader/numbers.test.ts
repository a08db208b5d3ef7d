import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readCount, readNumber, scaled } from './numbers.ts';

const cents = (text: string): bigint | undefined => {
  const number = readNumber(text);
  return number && scaled(number, 100);
};

describe('numbers as people write them, in hundredths', () => {
  const written: readonly (readonly [string, bigint | undefined])[] = [
    ['45', 4500n],
    ['12,50', 1250n],
    ['12.50', 1250n],
    ['1.200,50', 120050n],
    ['1,200.50', 120050n],
    ['1.200', 120000n],
    ['1,200', 120000n],
    ['1 200', 120000n],
    ["1'200", 120000n],
    ['1.234.567', 123456700n],
    ['0,500', 50n],
    ['1.5', 150n],
    ['12k', 1200000n],
    ['1.5k', 150000n],
    ['1,5k', 150000n],
    ['2 thousand', 200000n],
    ['fifty', 5000n],
    ['twenty-five', 2500n],
    ['a hundred', 10000n],
    ['two hundred and fifty', 25000n],
    ['one hundred twenty', 12000n],
    ['three thousand two hundred', 320000n],
    ['half a grand', 50000n],
    ['a couple of hundred', 20000n],
    ['a dozen', 1200n],
    ['and', undefined],
    ['ghent', undefined],
    ['9'.repeat(30), undefined],
  ];
  for (const [text, value] of written) test(text, () => assert.equal(cents(text), value));
});

test('an amount reads the same in European, English, Swiss and French grouping', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 99_999_999 }),
      fc.integer({ min: 0, max: 99 }),
      (whole, rest) => {
        const groups = String(whole).replaceAll(/\B(?=(\d{3})+(?!\d))/g, '_');
        const two = String(rest).padStart(2, '0');
        const expected = BigInt(whole) * 100n + BigInt(rest);
        for (const [grouping, decimal] of ['.,', ',.', "'.", ' ,'])
          assert.equal(cents(groups.replaceAll('_', grouping ?? '') + decimal + two), expected);
        assert.equal(cents(`${whole}.${two}`), expected);
      },
    ),
  );
});

test('halves of the smallest unit go up', () => {
  assert.equal(scaled({ digits: 125n, places: 1 }, 1), 13n);
  assert.equal(scaled({ digits: 124n, places: 1 }, 1), 12n);
});

test('a count is whole and under a thousand', () => {
  assert.deepEqual(['six', '12', 'a dozen', '1.5', '1000'].map(readCount), [6, 12, 12, undefined, undefined]);
});
