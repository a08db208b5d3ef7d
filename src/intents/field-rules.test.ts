import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFields } from './field-rules.ts';
import { IntentFields } from './model.ts';
import { eur, TRUMPETS, wantFields } from './testing.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const know = { categoryKind: (id: string) => (id === TRUMPETS ? ('goods' as const) : undefined) };

const refusals: readonly [string, Partial<IntentFields>, string][] = [
  ['category-unknown', { category: 'ae-2-8-3-5-99' }, 'fields.category'],
  ['category-kind-differs', { kind: 'service' }, 'fields.category'],
  ['units-differ', { budget: { min: eur(100), max: { unit: 'USD', value: '200' } } }, 'fields.budget'],
  ['budget-upside-down', { budget: { min: eur(300), max: eur(200) } }, 'fields.budget'],
  ['give-is-money', { give: { ...eur(100), what: 'cash' } }, 'fields.give'],
  ['date-past', { window: { until: '2026-11-20' } }, 'fields.window.until'],
  ['date-too-far', { window: { until: '2027-11-22' } }, 'fields.window'],
  ['date-too-far', { window: { from: '2030-01-01' } }, 'fields.window'],
  ['window-upside-down', { window: { from: '2026-12-02', until: '2026-12-01' } }, 'fields.window'],
  [
    'place-unknown',
    { place: { id: '1', label: 'Nowhere', country: 'ZZ', latE6: 0, lonE6: 0 } },
    'fields.place',
  ],
];

for (const [code, changes, field] of refusals) {
  test(`${code}: refused with the field named (${JSON.stringify(changes)})`, () => {
    const result = checkFields(wantFields(changes), NOW, know);
    assert.ok(!result.ok);
    assert.equal(result.code, code);
    assert.deepEqual(Object.keys(result.fields ?? {}), [field]);
    assert.ok(result.message.length > 0 && result.next.length > 0);
  });
}

test('a distance without a place is refused; with one it is fine', () => {
  const { place: _place, ...rest } = wantFields({ radiusKm: 20 });
  const result = checkFields(rest, NOW, know);
  assert.equal(result.ok ? '' : result.code, 'radius-without-place');
  assert.ok(checkFields(wantFields({ radiusKm: 20 }), NOW, know).ok);
});

test('today is not past, and the last day that may be is not too far', () => {
  assert.ok(checkFields(wantFields({ window: { until: '2026-11-21' } }), NOW, know).ok);
  assert.ok(checkFields(wantFields({ window: { from: '2026-11-21', until: '2027-11-21' } }), NOW, know).ok);
  const past = checkFields(wantFields({ window: { from: '2020-01-01' } }), NOW, know);
  assert.equal(past.ok ? '' : past.code, 'date-past');
});

test('the schema refuses what cannot be a want and fills in what was left out', () => {
  const least = IntentFields.parse({ kind: 'goods', category: TRUMPETS });
  assert.deepEqual(least, {
    kind: 'goods',
    category: TRUMPETS,
    quantity: 1,
    attributes: {},
    words: '',
    requiredTerms: [],
  });
  const bad: object[] = [
    { quantity: 0 },
    { quantity: 1.5 },
    { quantity: 10_001 },
    { radiusKm: 0 },
    { budget: { max: eur(0) } },
    { budget: { max: { unit: 'XXXX', value: '1' } } },
    { budget: { max: { unit: 'EUR', value: '1.5' } } },
    { budget: { max: { unit: 'EUR', value: '99999999999999999999' } } },
    { give: { unit: 'hours', value: '-60', what: 'lessons' } },
    { window: { until: '2026-02-30' } },
    { attributes: { 'not a name': 'x' } },
    { attributes: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`a${i}`, 'x'])) },
    { words: 'x'.repeat(501) },
    { words: 'half \ud800 a character' },
    { requiredTerms: ['OUR-TERMS'] },
    { place: { id: '1', label: 'x', country: 'be', latE6: 0, lonE6: 0 } },
    { place: { id: '1', label: 'x', country: 'BE', latE6: 90_000_001, lonE6: 0 } },
  ];
  for (const changes of bad) {
    assert.equal(IntentFields.safeParse({ ...least, ...changes }).success, false, JSON.stringify(changes));
  }
  assert.deepEqual(IntentFields.parse({ ...least, requiredTerms: ['SD-BY'] }).requiredTerms, ['SD-BASE']);
});
