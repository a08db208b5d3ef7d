import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { openSentence } from '../sentence.ts';
import { decideBare, decideCurrency } from './currencies.ts';
import { budgetOf, readMoney } from './money.ts';

/** 'EUR 10000-20000' as a home in this country reads it; 'ask' for a currency that cannot be told. */
function read(text: string, home: string | undefined, pieces = 1): string {
  const price = readMoney(openSentence(text), home === 'US');
  if (price === undefined) return 'none';
  if (price.isDoubtful) return 'perhaps';
  const unit = price.sign ? decideCurrency(price.sign, [home]) : decideBare([home]);
  if (unit === undefined) return 'ask';
  const budget = budgetOf(price, unit, pieces);
  return budget ? `${unit} ${budget.min?.value ?? ''}-${budget.max?.value ?? ''}` : 'none';
}

const AT_HOME: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  BE: [
    ['laptop, budget: 300', 'EUR -30000'],
    ['laptop, budget 300-400, Gent', 'EUR 30000-40000'],
    ['laptop, I have 300 euro to spend', 'EUR -30000'],
    ['laptop, price around 300 EUR, can go up to 350', 'EUR -35000'],
    ['laptop 250,00 €', 'EUR -25000'],
    ['laptop €250,-', 'EUR -25000'],
    ['laptop for 35,-', 'EUR -3500'],
    ['laptop EUR250', 'EUR -25000'],
    ['laptop 1.250,- euro', 'EUR -125000'],
    ['laptop <€250', 'EUR -25000'],
    ['laptop ≤ 250 euro', 'EUR -25000'],
    ['laptop ±250 euro', 'EUR -27500'],
    ['laptop +/- 250 euro', 'EUR -27500'],
    ['laptop ca. 250 euro', 'EUR -27500'],
    ['laptop 250ish euro', 'EUR -27500'],
    ['laptop roughly 250 euro', 'EUR -27500'],
    ['laptop 250 euro or so', 'EUR -27500'],
    ['laptop 250 euros maximum, preferably 200', 'EUR -25000'],
    ['laptop up to about 250 euro', 'EUR -25000'],
    ['laptop between €200 and €250', 'EUR 20000-25000'],
    ['laptop from 200 to 250 euro', 'EUR 20000-25000'],
    ['laptop at least 200 but no more than 250 euro', 'EUR 20000-25000'],
    ['bench, min 60 max 80 euro', 'EUR 6000-8000'],
    ['laptop more than 200 euro is too much', 'EUR -20000'],
    ["laptop, I can't spend more than 250 euro", 'EUR -25000'],
    ['laptop for under 250', 'EUR -25000'],
    ['laptop, max two hundred', 'EUR -20000'],
    ['laptop, 80 max, new', 'EUR -8000'],
    ['floor lamp, max 40 on the wall', 'EUR -4000'],
    ['laptop, new it costs 400, I want to pay 200', 'EUR -20000'],
    ['piano lessons, 25 euro/lesson', 'EUR -2500'],
    ['piano lessons, 25 an hour', 'EUR -2500'],
    ['piano lessons at 25/h', 'EUR -2500'],
    ['lessons, 3 a week', 'none'],
    ['electric bike with at least 500 Wh battery', 'none'],
    ['tent max 3 persons', 'none'],
    ['armchair under 40 kg', 'none'],
    ['phone 128 gb, iphone 13', 'none'],
    ['4k monitor', 'none'],
    ['100% wool', 'none'],
    ['not older than 5 years', 'none'],
    ['a trumpet, 250, Ghent', 'perhaps'],
    ['a bicycle, 2019, Ghent', 'none'],
    ['9999999999999999999999 euro', 'none'],
    ['0 euro', 'none'],
  ],
  GB: [
    ['telly, about 150 quid', 'GBP -16500'],
    ['under £1.5k', 'GBP -150000'],
    ['1.5 grand', 'GBP -150000'],
    ['a tenner', 'GBP -1000'],
    ['5 pounds of potatoes, £3', 'GBP -300'],
    ['physics tutor, £35/hour', 'GBP -3500'],
  ],
  IE: [['bike, 60 quid', 'EUR -6000']],
  US: [
    ['20 bucks or best offer', 'USD -2000'],
    ['$350 - $500', 'USD 35000-50000'],
    ['a couple hundred dollars', 'USD -20000'],
    ['a few hundred dollars', 'none'],
    ['a 20 pound kettlebell, $15', 'USD -1500'],
    ['under 120k miles on it, under 5,000 dollars', 'USD -500000'],
    ['bench, USD 1,250.00', 'USD -125000'],
  ],
  CA: [['bench, $20', 'CAD -2000']],
  KE: [
    ['ksh 1,500', 'KES -150000'],
    ['1,200 bob', 'KES -120000'],
    ['12k max', 'KES -1200000'],
    ['fridge, 15k, Nairobi', 'KES -1500000'],
    ['between 2k and 3k', 'KES 200000-300000'],
    ['Ksh 2,500/-', 'KES -250000'],
    ['not above 45,000', 'KES -4500000'],
  ],
  JP: [['not more than ¥80,000', 'JPY -80000']],
  CN: [['¥80', 'CNY -8000']],
  CH: [["max. Fr. 1'200.-", 'CHF -120000']],
};

describe('money as people write it', () => {
  for (const [home, rows] of Object.entries(AT_HOME))
    for (const [text, expected] of rows)
      test(`${home}: ${text}`, () => assert.equal(read(text, home), expected));
});

describe('without a home', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['max 45', 'ask'],
    ['35 crowns', 'ask'],
    ['60 rupees', 'ask'],
    ['8000 shillings', 'ask'],
    ['30 pounds', 'GBP -3000'],
    ['$30', 'USD -3000'],
    ['60 francs', 'CHF -6000'],
    ['CHF 120', 'CHF -12000'],
    ['200 PLN', 'PLN -20000'],
  ];
  for (const [text, expected] of rows) test(text, () => assert.equal(read(text, undefined), expected));
});

test('the home decides before the place, and the place before what is usual', () => {
  const dollars = readMoney(openSentence('30 dollars'), false)?.sign;
  assert(dollars);
  assert.equal(decideCurrency(dollars, ['AU', 'CA']), 'AUD');
  assert.equal(decideCurrency(dollars, ['BE', 'CA']), 'CAD');
  assert.equal(decideCurrency(dollars, ['BE', 'FR']), 'USD');
  assert.equal(decideBare([undefined, 'KE']), 'KES');
});

test('a price of each counts for all pieces, a price for all does not', () => {
  assert.equal(read('four chairs, 20 euro each', 'BE', 4), 'EUR -8000');
  assert.equal(read('four chairs, 20 euro per chair', 'BE', 4), 'EUR -8000');
  assert.equal(read('four chairs, 20 euro in total', 'BE', 4), 'EUR -2000');
});

test('any amount is found in any of the usual ways to write it', () => {
  const ways = [
    (n: string) => `under €${n} in Ghent`,
    (n: string) => `${n} euro, Ghent`,
    (n: string) => `max. ${n} EUR`,
    (n: string) => `for ${n}€`,
    (n: string) => `up to ${n} euros please`,
  ];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(...ways), (amount, way) => {
      assert.equal(read(`a lamp, ${way(String(amount))}`, 'BE'), `EUR -${amount}00`);
    }),
  );
});
