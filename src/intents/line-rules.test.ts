import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidateCells } from '../market/index.ts';
import { cellSource } from './cell-rules.ts';
import { linesOf, lostInWords, type Naming } from './line-rules.ts';
import { eur, wantFields } from './testing.ts';

const names: Naming = {
  categoryName: (id) => (id === 'ae' ? 'Arts & Entertainment' : 'Trumpets'),
  areaLabel: (id) => (id.startsWith('g0') ? 'around Ghent' : id === 'c:BE' ? 'Belgium' : id),
  termsName: (id) => `terms ${id}`,
};
const NOW = Date.UTC(2026, 10, 21, 12);

test('every field of the want has its line; what stays at home is nothing to the market', () => {
  const fields = wantFields({
    radiusKm: 20,
    attributes: { itemCondition: 'used' },
    quantity: 2,
    window: { until: '2026-12-24' },
    budget: { min: eur(10_000), max: eur(27_345) },
    give: { unit: 'hours', value: '90', what: 'lessons' },
  });
  const [finest] = candidateCells(cellSource(fields, 'person', NOW, ['ae']));
  assert.ok(finest);
  const lines = linesOf(fields, finest.cell, { host: 'here', until: '2026-12-24' }, names).map((it) => [
    it.label,
    it.mine,
    it.market,
  ]);
  assert.deepEqual(lines, [
    ['What', 'Trumpets', 'Trumpets'],
    ['Qualities', 'Condition: used', 'nothing'],
    ['How many', '2', 'nothing'],
    ['Where', 'Ghent, within 20 km', 'around Ghent'],
    ['Budget', 'from €100 up to €273.45', 'up to €500'],
    ['In return', '1 hour 30 minutes of lessons', 'nothing'],
    ['When', 'until 24 December 2026', 'within 90 days'],
    ['Terms', 'terms SD-BASE', 'terms SD-BASE'],
    ['Who asks', 'you', 'a person'],
    ['Your words', 'a used trumpet for a beginner near Ghent, under 300 euro', 'nothing'],
    ['Open until', 'nothing', '24 December 2026'],
    ['Counted', 'nothing', 'that one account asks, not which; once in an epoch'],
    ['Where answers go', 'your wants', 'an address and a key used for this want only, at here'],
  ]);
});

test('what is given stands in its own line when there is no budget', () => {
  const { budget: _budget, ...bare } = wantFields({
    give: { unit: 'hours', value: '120', what: 'German lessons' },
  });
  const [finest] = candidateCells(cellSource(bare, 'person', NOW, []));
  assert.ok(finest);
  const lines = linesOf(bare, finest.cell, { host: 'here', until: '2026-12-24' }, names);
  const of = (label: string) => lines.find((it) => it.label === label)?.market;
  assert.deepEqual([of('Budget'), of('In return')], ['nothing', 'up to 3 hours 20 minutes']);
});

test('what a level gives up is told against the finest, and nothing for the finest itself', () => {
  const all = candidateCells(cellSource(wantFields(), 'person', NOW, ['ae']));
  const [finest] = all;
  const wide = all.find((it) => it.steps.category === 1 && it.steps.area === 2 && it.steps.budget === 1);
  assert.ok(finest && wide);
  assert.equal(lostInWords(finest.cell, finest.cell, names), '');
  assert.equal(
    lostInWords(finest.cell, wide.cell, names),
    'Arts & Entertainment instead of Trumpets; Belgium instead of around Ghent; ' +
      'up to €1,000 instead of up to €500',
  );
});
