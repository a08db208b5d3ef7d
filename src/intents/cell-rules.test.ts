import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { candidateCells, cellId } from '../market/index.ts';
import {
  castUntil,
  cellSource,
  choicesOf,
  countCells,
  isGathering,
  lastsUntil,
  leastCrowd,
  leastLoss,
  termsOfCell,
  widerThan,
} from './cell-rules.ts';
import { decide } from './decide-rules.ts';
import type { IfBelow, IntentFields } from './model.ts';
import { DAY_MS, eur, wantFields } from './testing.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const ANCESTORS = ['ae-2-8-3-5', 'ae-2-8-3', 'ae-2-8', 'ae-2', 'ae'];
const candidates = (fields = wantFields()) => candidateCells(cellSource(fields, 'person', NOW, ANCESTORS));
const IDS = candidates().map((it) => cellId(it.cell));
/** The first cell that differs from the finest in exactly these ways. */
function idOf(steps: { category?: number; area?: number; budget?: number; time?: number }): string {
  const { category = 0, area = 0, budget = 0, time = 0 } = steps;
  const found = candidates().find(
    ({ steps: s }) => s.category === category && s.area === area && s.budget === budget && s.time === time,
  );
  assert.ok(found);
  return cellId(found.cell);
}
const counted = (counts: Record<string, number>, least = 20) =>
  countCells(candidates(), new Map(Object.entries(counts)), least);

test('the finest cell says a band, a bucket and a square, and nothing exact', () => {
  const fields = wantFields({ window: { until: '2026-12-24' }, budget: { max: eur(27_345) } });
  assert.equal(IDS[0], 'ae-2-8-3-5-3|g0:403:524|EUR|50000|any|SD-BASE|person');
  const [finest] = candidates(fields);
  assert.ok(finest);
  assert.equal(cellId(finest.cell), 'ae-2-8-3-5-3|g0:403:524|EUR|50000|90d|SD-BASE|person');
});

test('money goes before what is given; a floor alone says only its unit; nothing said is nothing', () => {
  const give = { unit: 'hours', value: '120', what: 'German lessons' };
  const { budget: _budget, ...bare } = wantFields();
  const budgetOf = (fields: IntentFields) => cellSource(fields, 'person', NOW, ANCESTORS).budget;
  assert.deepEqual(budgetOf(wantFields({ give })), { unit: 'EUR', max: '30000' });
  assert.deepEqual(budgetOf({ ...bare, give }), { unit: 'hours', max: '120' });
  assert.deepEqual(budgetOf(wantFields({ budget: { min: eur(5) } })), { unit: 'EUR' });
  assert.equal(budgetOf(bare), undefined);
});

test('the end of a cast follows from its cell and the day, never from the want', () => {
  const late = NOW + 11 * 3_600_000;
  assert.equal(castUntil('30d', NOW), castUntil('30d', late));
  assert.equal(castUntil('7d', NOW), Date.UTC(2026, 10, 28, 23, 59, 59, 999));
  assert.equal(castUntil('any', NOW), Date.UTC(2027, 10, 21, 23, 59, 59, 999));
  assert.equal(lastsUntil({ window: { until: '2026-11-25' } }, NOW), Date.UTC(2026, 10, 25, 23, 59, 59, 999));
  assert.equal(lastsUntil({}, NOW), Date.UTC(2027, 1, 19, 23, 59, 59, 999));
});

test('a cast never ends before the want that it is for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 365 }), (days) => {
      const until = new Date(NOW + days * DAY_MS).toISOString().slice(0, 10);
      const fields = wantFields({ window: { until } });
      for (const { cell } of candidates(fields)) {
        assert.ok(castUntil(cell.time, NOW) >= lastsUntil(fields, NOW), `${until} ${cell.time}`);
      }
    }),
    { numRuns: 60 },
  );
});

test('of several required terms a cell names the one that every other meets, else the preferred', () => {
  assert.equal(termsOfCell(['SD-BASE', 'SD-BASE-A']), 'SD-BASE-A');
  assert.equal(termsOfCell(['SD-BASE-DP', 'SD-BASE-A']), 'SD-BASE-A');
  assert.equal(termsOfCell(['SD-BASE', 'PDC-INTENT']), 'SD-BASE');
});

test('least loss with enough people; twice as many where it could harm', () => {
  const table = { [idOf({ area: 1 })]: 20, [idOf({ area: 2 })]: 40, [idOf({ category: 1 })]: 100 };
  assert.equal(leastLoss(counted(table))?.id, idOf({ area: 1 }));
  assert.equal(leastLoss(counted(table, leastCrowd(20, true)))?.id, idOf({ area: 2 }));
  assert.equal(leastLoss(counted({})), undefined);
});

test('a level that gives up more and hides no better is not shown', () => {
  const table = {
    [idOf({ area: 1 })]: 40,
    [idOf({ area: 2 })]: 40,
    [idOf({ area: 3 })]: 100,
    [idOf({ category: 1 })]: 20,
  };
  const shown = choicesOf(counted(table)).map((it) => it.id);
  assert.deepEqual(shown, [idOf({}), idOf({ area: 1 }), idOf({ category: 1 }), idOf({ area: 3 })]);
});

test('widening tells no more in any respect', () => {
  const table = {
    [idOf({ category: 1 })]: 50,
    [idOf({ area: 1, time: 0 })]: 50,
    [idOf({ area: 1, category: 1 })]: 50,
  };
  const levels = counted(table);
  const at = (id: string) => levels.find((it) => it.id === id) ?? assert.fail(id);
  assert.equal(widerThan(levels, at(idOf({})))?.id, idOf({ area: 1 }));
  assert.equal(widerThan(levels, at(idOf({ area: 1 })))?.id, idOf({ area: 1, category: 1 }));
  assert.equal(widerThan(levels, at(idOf({ area: 1, category: 1 }))), undefined);
});

test('every decision keeps its word, whatever the table says', () => {
  const counts = fc.dictionary(fc.constantFrom(...IDS), fc.constantFrom(1, 19, 20, 40, 100));
  const asked = fc.constantFrom<IfBelow>('hold', 'widen', 'let-go');
  fc.assert(
    fc.property(counts, fc.constantFrom(...IDS), asked, (table, wanted, ifBelow) => {
      const levels = counted(table);
      const from = levels.find((it) => it.id === wanted) ?? assert.fail();
      const { kind, as } = decide(levels, from, ifBelow, false);
      if (kind === 'cast') assert.deepEqual([as.id, as.isBelow], [wanted, false]);
      if (kind === 'widened')
        assert.ok(ifBelow === 'widen' && !as.isBelow && as.loss >= from.loss && as.id !== wanted);
      if (kind === 'held') assert.ok(from.isBelow && ifBelow !== 'let-go' && as === from);
      if (kind === 'let-go') assert.ok(from.isBelow && ifBelow === 'let-go');
      if (kind !== 'held' && kind !== 'let-go') assert.ok((as.atLeast ?? 0) >= 20);
    }),
    { numRuns: 500 },
  );
});

test('crowds may begin only where everything but the vertical and the continent is open, at a smallest of 1', () => {
  const wide = counted({})
    .filter((it) => isGathering(it, 1, 'ae'))
    .map((it) => it.id);
  assert.deepEqual(wide, ['ae|k:EU|EUR|any|any|SD-BASE|person', 'ae|w|EUR|any|any|SD-BASE|person']);
  assert.ok(counted({}).every((it) => !isGathering(it, 2, 'ae')));
});
