import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, type Knowledge, type Want } from './fit-rules.ts';
import type { IntentFields } from './model.ts';
import { eur, offerFacts, TRUMPETS, wantFields } from './testing.ts';

const know: Knowledge = {
  isWithin: (id, ancestor) => id === ancestor || id.startsWith(`${ancestor}-`),
  categoryName: (id) => ({ [TRUMPETS]: 'Trumpets', 'ae-2-8-3': 'Brass' })[id] ?? id,
};
const NOW = Date.UTC(2026, 10, 21, 12);
const want = (changes: Partial<IntentFields> = {}): Want => ({
  fields: wantFields(changes),
  buyer: 'person',
  now: NOW,
});

test('an offer that meets everything fits, with its total and distance', () => {
  const fit = fits(want(), offerFacts(), know);
  assert.deepEqual(fit, { fits: true, misfits: [], unsaid: [], total: eur(20_000), distanceKm: 51 });
});

test('every reason why not is told, each in its own sentence', () => {
  const offer = offerFacts({
    category: 'ae-2-8-3',
    price: eur(40_000),
    attributes: { itemCondition: 'new' },
    terms: ['SD-BASE-ATP'],
    demands: { asks: [], buyers: ['organisation'], minBudget: eur(50_000) },
    delivery: { how: 'pickup', days: 40 },
  });
  const changes = { attributes: { itemCondition: 'used' }, window: { until: '2026-12-24' } };
  const fit = fits(want(changes), offer, know);
  assert.equal(fit.fits, false);
  assert.deepEqual(fit.misfits, [
    'It is listed under Brass, not under Trumpets.',
    'Condition: new, and you said used.',
    '€400 in all is €100 more than you said.',
    'It has to be fetched in Antwerp, 51 km away: more than 50 km.',
    'It takes 40 days, which is after 24 December 2026.',
    'They accept only SD-BASE-ATP; you require SD-BASE.',
    'They serve budgets from €500.',
    'They sell to organisations only.',
  ]);
});

test('what the offer does not say is not held against it, and is told', () => {
  const fit = fits(want({ attributes: { itemCondition: 'used', color: 'red' } }), offerFacts(), know);
  assert.equal(fit.fits, true);
  assert.deepEqual(fit.unsaid, [
    'Condition: you said used, they say nothing.',
    'Color: you said red, they say nothing.',
  ]);
});

test('qualities are compared as words, and names of built-in members are names like any other', () => {
  const offer = offerFacts({ attributes: { color: '  Dark   RED' } });
  assert.equal(fits(want({ attributes: { color: 'dark red' } }), offer, know).fits, true);
  const odd = fits(want({ attributes: { constructor: 'x', toString: 'y' } }), offer, know);
  assert.deepEqual([odd.fits, odd.unsaid.length], [true, 2]);
});

test('a category above mine is not mine; one below is', () => {
  assert.equal(fits(want({ category: 'ae-2-8-3' }), offerFacts(), know).fits, true);
  assert.equal(fits(want(), offerFacts({ category: 'ae-2-8-3' }), know).fits, false);
});

test('stricter terms than required are fine, one of several required is enough', () => {
  const strict = offerFacts({ terms: ['SD-BASE'] });
  assert.equal(fits(want({ requiredTerms: ['SD-BASE-A'] }), strict, know).fits, true);
  const loose = offerFacts({ terms: ['SD-BASE-AT', 'SD-BASE-A'] });
  assert.equal(fits(want({ requiredTerms: ['SD-BASE', 'SD-BASE-A'] }), loose, know).fits, true);
  assert.equal(fits(want({ requiredTerms: ['SD-BASE'] }), loose, know).fits, false);
});

test('an offer that ends before I want it does not fit', () => {
  const until = Date.UTC(2027, 1, 28);
  const fit = fits(want({ window: { from: '2027-03-01' } }), offerFacts({ until }), know);
  assert.deepEqual(fit.misfits, ['It ends before 1 March 2027, when you want it.']);
});

test('the day of arrival counts to its end', () => {
  const on = (until: string) => fits(want({ window: { until } }), offerFacts(), know).fits;
  assert.deepEqual([on('2026-11-23'), on('2026-11-24')], [false, true]);
});

test('an answer by hand says less and is held to what it says', () => {
  const { what: _w, attributes: _a, place: _p, reach: _r, ...answer } = offerFacts();
  const fit = fits(want({ attributes: { color: 'red' } }), { ...answer, kind: 'answer' }, know);
  assert.equal(fit.fits, true);
  assert.equal(fit.distanceKm, undefined);
  assert.equal(fits(want({ budget: { max: eur(100) } }), { ...answer, kind: 'answer' }, know).fits, false);
  const six = fits(
    want({ quantity: 6, budget: { max: eur(900_000) } }),
    { ...answer, kind: 'answer', pieces: 1 },
    know,
  );
  assert.deepEqual(six.misfits, ['It holds for 1, and you want 6.']);
});
