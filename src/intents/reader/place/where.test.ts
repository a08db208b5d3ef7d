import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openCategories } from '../../../categories/index.ts';
import { openPlaces } from '../../../places/index.ts';
import { gazetteerForTests } from '../../../places/testing.ts';
import { openSentence } from '../sentence.ts';
import { readWhere } from './where.ts';

const sources = { categories: openCategories(), places: openPlaces(gazetteerForTests()) };
after(() => sources.places.close());

/** The place in words; 'ask' with the number of choices; 'none'. */
function read(text: string, country?: string): string {
  const where = readWhere(openSentence(text), [], sources, {
    today: '2026-11-21',
    ...(country && { country }),
  });
  if (where === undefined) return 'none';
  return where.match ? sources.places.describe(where.match.place) : `ask ${where.candidates.length > 0}`;
}

const AT_HOME: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  BE: [
    ['a trumpet near Ghent, used', 'Ghent, Belgium'],
    ['a digital piano, about, Gand', 'Ghent, Belgium'],
    ['mattress, Oostende', 'Ostend, Belgium'],
    ['dog walking, Ledeberg', 'Ledeberg, Belgium'],
    ['a laptop near Brussels airport', 'Brussels, Belgium'],
    ['sofa bed, close to Leuven station', 'Leuven, Belgium'],
    ['washing machine, Gent or Aalst', 'ask true'],
    ['in Ghent or in Antwerp', 'ask true'],
    ['near Ghent, not Antwerp', 'Ghent, Belgium'],
    ['moving from Ghent to Antwerp', 'Ghent, Belgium'],
    ['a lamp in Belgium', 'ask false'],
    ['a lesson in Kitengela', 'ask false'],
    ['good old gouda cheese', 'none'],
    ['a suitcase for our trip to Rome', 'none'],
    ['travel guide for Lisbon', 'none'],
    ['an oak table made in Germany', 'none'],
    ['vinyl of Miles Davis', 'none'],
    ['olive oil from Greece', 'none'],
    ['honey in Ghent, 15 euro', 'Ghent, Belgium'],
    ['a history book about Ghent', 'none'],
    ['a nice reading lamp', 'none'],
    ['polish lessons', 'none'],
    ['lessons in French', 'none'],
    ["I'd pay for it", 'none'],
  ],
  GB: [
    ['a folding bike, Cambridge', 'Cambridge, United Kingdom'],
    ['within 20 miles of Bath', 'Bath, United Kingdom'],
    ['hedge cutting in Reading', 'Reading, United Kingdom'],
    ['near reading', 'Reading, United Kingdom'],
    ['a reading lamp', 'none'],
    ['vacuum in Sandwich', 'Sandwich, United Kingdom'],
    ['for our turkey holiday', 'none'],
    ['piano, walnut, delivery to Exeter', 'Exeter, United Kingdom'],
    ['Dresden china tea set near Norwich', 'Norwich, United Kingdom'],
  ],
  US: [
    ['desk within 5 miles of portland oregon', 'Portland, Oregon, United States'],
    ['hedge trimmer, Lake Oswego OR', 'Lake Oswego, Oregon, United States'],
    ['a city bike in Vancouver', 'ask true'],
    ['a bike in Portland', 'ask true'],
    ['a laptop for college', 'none'],
  ],
  KE: [
    ['samsung A14 phone nairobi', 'Nairobi, Kenya'],
    ['a fridge, Nairobi CBD', 'Nairobi, Kenya'],
    ['baby cot, kiambu', 'Kiambu, Kenya'],
  ],
};

describe('where it is wanted', () => {
  for (const [home, rows] of Object.entries(AT_HOME))
    for (const [text, expected] of rows)
      test(`${home}: ${text}`, () => assert.equal(read(text, home), expected));
});

describe('without a home', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['cleaning in Geneva', 'Geneva, Switzerland'],
    ['a smart watch, Zürich', 'Zurich, Switzerland'],
    ['lamp in Luxembourg', 'Luxembourg, Luxembourg'],
    ['violin in Birmingham', 'ask true'],
    ['desk in Cambridge', 'ask true'],
    ['tutor in London', 'London, United Kingdom'],
    ['kids bike in London, Ontario', 'London, Ontario, Canada'],
  ];
  for (const [text, expected] of rows) test(text, () => assert.equal(read(text), expected));
});

test('what another reader has taken is no place', () => {
  const text = 'a bookcase, IKEA Billy';
  const brand = { from: 12, to: 16 };
  assert.equal(
    readWhere(openSentence(text), [brand], sources, { today: '2026-11-21', country: 'BE' }),
    undefined,
  );
});
