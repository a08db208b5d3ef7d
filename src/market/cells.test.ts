import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bandOf,
  bucketOf,
  type Cell,
  candidateCells,
  cellId,
  countSteps,
  parseCellId,
  stepOf,
  widerBand,
} from './cells.ts';

const CELL: Cell = {
  category: 'ae-2-8-3-5-3',
  area: 'g0:403:524',
  budget: { unit: 'EUR', upTo: '50000' },
  time: '90d',
  terms: 'SD-BASE',
  buyer: 'person',
};

test('a cell id is one text and reads back to the same cell', () => {
  assert.equal(cellId(CELL), 'ae-2-8-3-5-3|g0:403:524|EUR|50000|90d|SD-BASE|person');
  assert.deepEqual(parseCellId(cellId(CELL)), CELL);
  for (const broken of [
    '',
    'a|b',
    cellId({ ...CELL, area: 'g9:1:1' }),
    cellId({ ...CELL, budget: { unit: 'EUR', upTo: '300' } }),
    cellId({ ...CELL, budget: { unit: 'any', upTo: '500' } }),
    `${cellId(CELL)}|more`,
    cellId(CELL).replace('90d', '91d'),
    cellId(CELL).replace('person', 'people'),
  ]) {
    assert.equal(parseCellId(broken), undefined, broken);
  }
});

test('a band is the smallest step of the series that holds the value', () => {
  const steps = { 0: '1', 1: '1', 3: '5', 30000: '50000', 50000: '50000', 50001: '100000' };
  for (const [value, step] of Object.entries(steps)) assert.equal(bandOf(BigInt(value)), step);
  assert.equal(bandOf(2n ** 63n - 1n), 'any');
  assert.equal(widerBand('50000'), '100000');
  assert.equal(widerBand('100000'), '200000');
  assert.equal(widerBand('any'), 'any');
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 5n * 10n ** 18n }), (value) => {
      const step = BigInt(bandOf(value));
      assert.ok(step >= value);
      assert.ok(value <= 1n || step < value * 3n, 'no wider than needed');
    }),
  );
});

test('days fall into the narrowest bucket that holds them', () => {
  assert.deepEqual([0, 7, 8, 30, 31, 90, 91].map(bucketOf), ['7d', '7d', '30d', '30d', '90d', '90d', 'any']);
  assert.equal(bucketOf(undefined), 'any');
});

test('candidates begin with the finest cell, lose ever more, and never touch terms or buyer', () => {
  const found = candidateCells({
    category: 'ae-2-8-3-5-3',
    ancestors: ['ae-2-8-3-5', 'ae-2-8-3', 'ae-2-8', 'ae-2', 'ae'],
    areas: ['g0:403:524', 'g1:100:131', 'c:BE', 'k:EU', 'w'],
    budget: { unit: 'EUR', max: '30000' },
    days: 33,
    terms: 'SD-BASE',
    buyer: 'person',
  });
  assert.deepEqual(found[0]?.cell, CELL);
  assert.equal(found.length, 4 * 5 * 4 * 2);
  assert.equal(new Set(found.map((c) => cellId(c.cell))).size, found.length);
  for (const [i, candidate] of found.entries()) {
    assert.ok(i === 0 || candidate.loss >= (found[i - 1]?.loss ?? 0));
    assert.equal(candidate.cell.terms, 'SD-BASE');
    assert.equal(candidate.cell.buyer, 'person');
    assert.deepEqual(parseCellId(cellId(candidate.cell)), candidate.cell);
  }
  assert.deepEqual(
    new Set(found.map((c) => c.cell.category)),
    new Set(['ae-2-8-3-5-3', 'ae-2-8-3-5', 'ae-2-8-3', 'ae']),
  );
  assert.deepEqual(
    new Set(found.map((c) => c.cell.budget.upTo)),
    new Set(['50000', '100000', '200000', 'any']),
  );
});

test('a want without place, budget or date has one cell per category step', () => {
  const found = candidateCells({
    category: 'se',
    ancestors: [],
    areas: ['w'],
    terms: 'SD-BASE',
    buyer: 'person',
  });
  assert.deepEqual(
    found.map((c) => cellId(c.cell)),
    ['se|w|any|any|any|SD-BASE|person'],
  );
});

test('counts are rounded down to steps and vanish below the smallest', () => {
  const steps = countSteps(20);
  assert.deepEqual(steps.slice(0, 5), [20, 40, 100, 200, 400]);
  assert.deepEqual(
    [19, 20, 39, 40, 99, 100].map((n) => stepOf(n, steps)),
    [undefined, 0, 0, 1, 1, 2],
  );
});
