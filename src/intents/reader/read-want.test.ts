import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { openCategories } from '../../categories/index.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { openPlaces } from '../../places/index.ts';
import { gazetteerForTests } from '../../places/testing.ts';
import { Draft, type ReaderContext } from './model.ts';
import { readWant } from './read-want.ts';

const sources = { categories: openCategories(), places: openPlaces(gazetteerForTests()) };
after(() => sources.places.close());

const BELGIUM: ReaderContext = { today: '2026-11-21', country: 'BE' };
const NOWHERE: ReaderContext = { today: '2026-11-21' };
const read = (text: string, context = BELGIUM): Draft => readWant(text, context, sources);
const asked = (text: string, context = BELGIUM): string[] =>
  read(text, context).questions.map(({ field }) => field);

test('a thing: category, place, budget, window, condition', () => {
  const { fields, questions } = read(
    'a used trumpet for a beginner near Ghent, under 300 euro, before Christmas',
  );
  assert.equal(fields.kind, 'goods');
  assert.equal(fields.category, 'ae-2-8-3-5-3');
  assert.equal(fields.place?.label, 'Ghent, Belgium');
  assert.deepEqual(fields.budget, { max: { unit: 'EUR', value: '30000' } });
  assert.deepEqual(fields.window, { until: '2026-12-24' });
  assert.deepEqual(fields.attributes, { itemCondition: 'used' });
  assert.equal(fields.quantity, 1);
  assert.deepEqual(questions, []);
});

test('a service for hours of work: no budget, but what is given', () => {
  const { fields, questions } = read(
    'someone to repair a bicycle this week, I can give two hours of German lessons',
  );
  assert.equal(fields.kind, 'service');
  assert.equal(fields.category, 'sv-bicycle-repair');
  assert.equal(fields.budget, undefined);
  assert.deepEqual(fields.give, { unit: 'hours', value: '120', what: 'German lessons' });
  assert.deepEqual(fields.window, { until: '2026-11-22' });
  assert.deepEqual(questions, []);
});

test('what was understood is marked where it stands, in words', () => {
  const sentence = 'Two red lamps near Ghent, under 30 euro each, before Christmas';
  const { understood } = read(sentence);
  assert.deepEqual(
    understood.map(({ from, to, field, text }) => [sentence.slice(from, to), field, text]),
    [
      ['Two', 'quantity', '2'],
      ['red', 'attribute', 'color: red'],
      ['lamps', 'category', 'Lamps'],
      ['near Ghent', 'place', 'Ghent, Belgium'],
      ['under 30 euro each', 'price', 'at most €60'],
      ['before Christmas', 'date', 'until 24 December 2026'],
    ],
  );
});

describe('it asks rather than guesses', () => {
  test('about a place that several well-known places share', () => {
    const draft = read('a city bike in Vancouver', { ...NOWHERE, country: 'US' });
    assert.equal(draft.fields.place, undefined);
    const [question] = draft.questions;
    assert.equal(question?.question, 'Which Vancouver do you mean?');
    const [first, second] = question.choices;
    assert.deepEqual([first?.label, second?.label].sort(), [
      'Vancouver, British Columbia, Canada',
      'Vancouver, Washington, United States',
    ]);
    assert.deepEqual(first?.fields.place?.id, first?.value);
    assert.deepEqual(draft.places[0]?.id, first?.value);
  });

  test('about a number without a currency where no home tells it', () => {
    const draft = read('cat scratching tree, max 45', NOWHERE);
    assert.equal(draft.fields.budget, undefined);
    const [question] = draft.questions;
    assert.equal(question?.field, 'price');
    assert.deepEqual(question.choices[0], {
      label: '€45',
      value: 'EUR',
      fields: { budget: { max: { unit: 'EUR', value: '4500' } } },
    });
  });

  test('about a date that two orders of numbers share', () => {
    const [question] = read('dog sitter on 3/4', NOWHERE).questions;
    assert.deepEqual(
      question?.choices.map(({ label }) => label),
      ['On 3 April 2027', 'On 4 March 2027', 'Leave the date open'],
    );
  });

  test('about a thing that the word does not tell from another', () => {
    const draft = read('looking for a mouse for my daughter, 15 euro');
    assert.equal(draft.fields.category, undefined);
    assert.deepEqual(draft.questions[0]?.choices[0]?.fields.kind, 'goods');
  });

  test('about a country, a town nobody knows, a distance from nowhere, a lonely number', () => {
    assert.deepEqual(asked('a lamp in Belgium'), ['place']);
    assert.deepEqual(asked('a lamp in Kitengela'), ['place']);
    assert.deepEqual(asked('a lamp within 10 km'), ['place']);
    assert.deepEqual(asked('a trumpet, 250, Ghent'), ['price']);
    assert.deepEqual(asked('boots, 39, Ghent'), []);
  });
});

test('a place that is named decides a currency that no home decides', () => {
  assert.deepEqual(read('desk in Zurich, max 60', NOWHERE).fields.budget?.max, {
    unit: 'CHF',
    value: '6000',
  });
  assert.deepEqual(read('drill, 30 dollars, Toronto', NOWHERE).fields.budget?.max, {
    unit: 'CAD',
    value: '3000',
  });
});

const WORDS =
  'a|used|new|trumpet|lamp|in|near|Ghent|Bath|Vancouver|under|max|40|1.200,50|euro|$|12k|3/4|before|by|on|Friday|5th|the|next|week|Christmas|' +
  'someone|to|repair|my|bike|I|can|give|two|hours|of|lessons|in|return|for|favour|,|.|-|(|)|size|M|140x200|red|not|wool|km|20|miles|from|£|€|and|or|4|chairs';

describe('whatever is typed', () => {
  const context = fc.constantFrom<ReaderContext>(
    BELGIUM,
    NOWHERE,
    { today: '2028-02-29', country: 'US' },
    { today: '2027-12-31', country: 'KE' },
  );
  const holds = (text: string, where: ReaderContext) => {
    const draft = read(text, where);
    assert.deepEqual(draft, read(text, where), 'equal input gives equal output');
    Draft.parse(draft);
    let at = 0;
    for (const { from, to } of draft.understood) {
      assert(from >= at && to > from && to <= text.length, 'spans are in order and apart');
      at = to;
    }
    for (const { field, choices } of draft.questions) {
      assert(choices.length > 0, `the question about the ${field} can be answered`);
      if (field !== 'place') continue;
      assert.equal(draft.fields.place, undefined, 'what is asked is not asserted');
    }
    const { until, from } = draft.fields.window ?? {};
    assert(until === undefined || until >= where.today);
    assert(until === undefined || from === undefined || from <= until);
  };

  test('any words make a valid draft', () => {
    const sentence = fc
      .array(fc.constantFrom(...WORDS.split('|')), { maxLength: 25 })
      .map((it) => it.join(' '));
    fc.assert(fc.property(sentence, context, holds), { numRuns: 300 });
  });

  test('any characters make a valid draft', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 120 })
      .map((it) => it.slice(0, LIMITS.sentenceChars));
    fc.assert(fc.property(text, context, holds), { numRuns: 200 });
  });

  test('a long sentence of nothing but traps is read in time', () => {
    for (const part of [
      '1 ',
      'in ',
      'a,',
      '((',
      'und ',
      "i'm in ",
      '1.1.1.',
      'not not ',
      '€ ',
      'for for a ',
    ]) {
      const start = process.cpuUsage();
      read(part.repeat(LIMITS.sentenceChars).slice(0, LIMITS.sentenceChars));
      assert(process.cpuUsage(start).user < 500_000, `${JSON.stringify(part)} took too long`);
    }
  });
});
