import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AMOUNT_MAX } from '../kernel/amount.ts';
import type { Fee, Take } from '../market/index.ts';
import { costOf, givesInsteadOf, isKindTaken, type Purse } from './pay-rules.ts';
import { eur, offerFacts } from './testing.ts';

const fee = (payer: Fee['payer'], value: number): Fee => ({
  label: 'Fee',
  payer,
  to: 'the market',
  amount: eur(value),
});
const lessons = { unit: 'hours', value: '120', what: 'German lessons' };
const take = (value: string, what: string): Take => ({ unit: 'hours', value, what });
const purse = (changes: Partial<Purse>): Purse => ({ quantity: 1, ...changes });

test('the total is the price of all pieces and every fee that the buyer pays, and no other', () => {
  const offer = offerFacts({
    price: eur(1_000),
    fees: [fee('buyer', 50), fee('seller', 700), fee('buyer', 7)],
  });
  assert.deepEqual(costOf(purse({ quantity: 3 }), offer), { total: eur(3_057) });
});

test('a budget holds to the last cent, and the misfit says by how much it does not', () => {
  const offer = offerFacts({ price: eur(29_900), fees: [fee('buyer', 100)] });
  assert.equal(costOf(purse({ budget: { max: eur(30_000) } }), offer).misfit, undefined);
  const { misfit } = costOf(purse({ budget: { max: eur(29_999) } }), offer);
  assert.equal(misfit, '€300 in all is €0.01 more than you said.');
});

test('units are never converted', () => {
  const offer = offerFacts({ price: { unit: 'USD', value: '1' } });
  const { total, misfit } = costOf(purse({ budget: { max: eur(30_000) } }), offer);
  assert.deepEqual(total, { unit: 'USD', value: '1' });
  assert.equal(misfit, 'They ask US$0.01; you said €300.');
});

test('what is given counts where it is taken: enough of it, and of that kind', () => {
  const give = purse({ give: lessons });
  const takes = [take('90', 'language lessons')];
  assert.deepEqual(costOf(give, offerFacts({ takes })), { total: { unit: 'hours', value: '90' } });
  assert.match(
    costOf(give, offerFacts({ takes: [take('125', 'language lessons')] })).misfit ?? '',
    /They ask €200, or 2 hours 5 minutes of language lessons; you said 2 hours of German lessons\./,
  );
  assert.ok(costOf(give, offerFacts({ takes: [take('60', 'garden work')] })).misfit);
  assert.deepEqual(costOf(give, offerFacts({ takes: [take('60', 'anything useful')] })).misfit, undefined);
});

test('money within the budget goes before giving; giving helps where money does not reach', () => {
  const takes = [take('60', 'lessons')];
  const both = { give: lessons, budget: { max: eur(20_000) } };
  assert.deepEqual(costOf(purse(both), offerFacts({ takes })).total, eur(20_000));
  const poor = purse({ ...both, budget: { max: eur(100) } });
  assert.deepEqual(costOf(poor, offerFacts({ takes })), { total: { unit: 'hours', value: '60' } });
});

test('a budget in hours is hours of any kind, and what is given has words', () => {
  const takes = [take('90', 'lessons, or help in the shop')];
  const hours = { budget: { max: { unit: 'hours', value: '120' } } };
  const { total, misfit } = costOf(purse(hours), offerFacts({ takes }));
  assert.deepEqual([total, misfit], [{ unit: 'hours', value: '90' }, undefined]);
  assert.ok(costOf(purse({ budget: { max: { unit: 'hours', value: '60' } } }), offerFacts({ takes })).misfit);
  const said = (given: Parameters<typeof givesInsteadOf>[0], unit: string) =>
    givesInsteadOf(given, { takes }, { unit, value: '90' });
  assert.deepEqual(
    [said(hours, 'hours'), said({ give: lessons }, 'hours'), said(hours, 'favour'), said(hours, 'EUR')],
    ['lessons, or help in the shop', 'German lessons', '90 favours', undefined],
  );
});

test('a barter with a fee in money on top is none: an agreement names one amount', () => {
  const takes = [take('60', 'lessons')];
  const offer = offerFacts({ takes, fees: [fee('buyer', 200)] });
  assert.ok(costOf(purse({ give: lessons, budget: { max: eur(200) } }), offer).misfit);
  assert.deepEqual(costOf(purse({ give: lessons }), offerFacts({ takes, fees: [fee('seller', 200)] })), {
    total: { unit: 'hours', value: '60' },
  });
});

test('no budget and nothing to give: any price is only shown', () => {
  assert.deepEqual(costOf(purse({}), offerFacts()), { total: eur(20_000) });
});

test('a total beyond what can be held is the largest amount and fits no budget below it', () => {
  const offer = offerFacts({ price: eur(AMOUNT_MAX) });
  const { total, misfit } = costOf(purse({ quantity: 10_000, budget: { max: eur(AMOUNT_MAX - 1n) } }), offer);
  assert.deepEqual(total, eur(AMOUNT_MAX));
  assert.ok(misfit);
});

test('a dearer offer never fits where a cheaper one does not', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
  fc.assert(
    fc.property(amounts, amounts, amounts, fc.integer({ min: 1, max: 50 }), (a, b, max, quantity) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      const want = purse({ quantity, budget: { max: eur(max) } });
      const dear = costOf(want, offerFacts({ price: eur(high) }));
      const cheap = costOf(want, offerFacts({ price: eur(low) }));
      assert.equal(dear.total.value, String(high * BigInt(quantity)));
      if (dear.misfit === undefined) assert.equal(cheap.misfit, undefined);
      assert.equal(dear.misfit === undefined, high * BigInt(quantity) <= max);
    }),
  );
});

test('kinds of giving share a word that means something, or one side leaves it open', () => {
  const taken: [string, string][] = [
    ['two hours of German lessons', 'Language lesson'],
    ['two hours of German lessons', 'Lessons, or help in the shop'],
    ['baking bread', 'any help'],
    ['I help you back in spring', 'A good turn of your choice'],
    ['two hours of my time', 'Lessons, or help in the shop'],
    ['computer help', 'Lessons, or help in the shop'],
    ['baking bread', ''],
  ];
  for (const [given, take] of taken) assert.ok(isKindTaken(given, take), `${given} / ${take}`);
  assert.ok(!isKindTaken('two hours of gardening', 'two hours of cleaning'));
  assert.ok(!isKindTaken('German lessons', 'help with the garden'));
});
