import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareOffers, orderInWords, type Place } from './order-rules.ts';

const place = (id: string, changes: Partial<Place> = {}): Place => ({
  isOpen: true,
  fits: true,
  conflicts: 0,
  total: { unit: 'EUR', value: '100' },
  standing: { kept: 0, records: 0 },
  id,
  ...changes,
});
const order = (places: Place[], unit = 'EUR'): string =>
  places
    .toSorted((a, b) => compareOffers(a, b, unit))
    .map((it) => it.id)
    .join('');

test('open, fit, conflicts, total, kept promises, number: in that order', () => {
  assert.equal(order([place('a', { isOpen: false }), place('b', { fits: false })]), 'ba');
  const total = (value: string) => ({ unit: 'EUR', value });
  assert.equal(order([place('a', { fits: false, total: total('1') }), place('b')]), 'ba');
  assert.equal(order([place('a', { conflicts: 1, total: total('1') }), place('b')]), 'ba');
  const kept = { kept: 5, records: 5 };
  assert.equal(order([place('a', { total: total('101'), standing: kept }), place('b')]), 'ba');
  assert.equal(order([place('a'), place('b', { standing: kept })]), 'ba');
  assert.equal(order([place('b'), place('a')]), 'ab');
});

test('totals are compared as whole numbers, those in my unit first', () => {
  const total = (unit: string, value: string) => ({ total: { unit, value } });
  const places = [
    place('a', total('USD', '1')),
    place('b', total('EUR', '1000')),
    place('c', total('EUR', '999')),
  ];
  assert.equal(order(places), 'cba');
  assert.equal(order(places, 'USD'), 'acb');
  const huge = [place('a', total('EUR', '9007199254740993')), place('b', total('EUR', '9007199254740992'))];
  assert.equal(order(huge), 'ba');
});

test('two good records weigh nothing, three do; a new vendor stands behind any known one of the same price', () => {
  const standing = (kept: number, records: number) => ({ standing: { kept, records } });
  assert.equal(order([place('a'), place('b', standing(2, 2))]), 'ab');
  assert.equal(order([place('a'), place('b', standing(3, 3))]), 'ba');
  assert.equal(order([place('a', standing(3, 4)), place('b', standing(7, 8))]), 'ba');
});

const places = fc.record(
  {
    isOpen: fc.boolean(),
    fits: fc.boolean(),
    conflicts: fc.integer({ min: 0, max: 3 }),
    total: fc.record(
      {
        unit: fc.constantFrom('EUR', 'USD', 'hours'),
        value: fc.bigInt({ min: 0n, max: 3n }).map(String),
      },
      { noNullPrototype: true },
    ),
    standing: fc.record(
      { kept: fc.integer({ min: 0, max: 4 }), records: fc.integer({ min: 0, max: 4 }) },
      { noNullPrototype: true },
    ),
    id: fc.string({ minLength: 1, maxLength: 3 }),
  },
  { noNullPrototype: true },
);

test('the order is total: it turns around, it carries over, and only the same id is equal', () => {
  fc.assert(
    fc.property(places, places, places, (a, b, c) => {
      const at = (x: Place, y: Place): number => Math.sign(compareOffers(x, y, 'EUR'));
      assert.equal(at(a, b) + at(b, a), 0);
      if (at(a, b) <= 0 && at(b, c) <= 0) assert.ok(at(a, c) <= 0);
      if (at(a, b) === 0) assert.equal(a.id, b.id);
    }),
    { numRuns: 2_000 },
  );
});

test('the order is said in one sentence that names the unit', () => {
  assert.match(
    orderInWords('EUR'),
    /^First those that are still open.* in EUR .* nobody can pay for a place\.$/,
  );
});
