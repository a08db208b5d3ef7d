import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { placeLimits } from './model.ts';
import { openPlaces } from './open-places.ts';
import { ordinaryWords } from './ordinary-words.ts';
import { gazetteerForTests } from './testing.ts';

const places = openPlaces(gazetteerForTests());
after(() => places.close());

/** The spans that are no ordinary word, as 'text > what it means'. */
function read(sentence: string): string[] {
  return places
    .scanNames(sentence.split(' '))
    .filter((span) => !span.ordinaryWord)
    .map((span) => {
      const [best] = span.matches;
      const meaning = !span.ask && best !== undefined ? places.describe(best.place) : span.outcome;
      return `${span.text} > ${span.areas[0] ?? meaning}`;
    });
}

describe('names in a sentence', () => {
  const sentences: [sentence: string, spans: string[]][] = [
    [
      'a used trumpet for a beginner near Ghent, under 300 euro, before Christmas',
      ['Ghent > Ghent, Belgium'],
    ],
    ['someone to repair a bicycle this week, I can give two hours of German lessons', []],
    [
      'a sofa in St. Louis, Missouri, before May',
      ['St. Louis, Missouri > St. Louis, Missouri, United States'],
    ],
    ['near Ghent , Kentucky please', ['Ghent , Kentucky > not-there']],
    ['plumber in Springfield IL', ['Springfield IL > Springfield, Illinois, United States']],
    [
      'plumber in Springfield in Illinois',
      ['Springfield in Illinois > Springfield, Illinois, United States'],
    ],
    ['plumber in Springfield', ['Springfield > several']],
    ['a lamp in Reading, UK', ['Reading, UK > Reading, United Kingdom']],
    ['a reading lamp and nice bath towels', []],
    ['ship to us', []],
    ['ship to the US', ['the US > c:US']],
    ['anywhere in Europe, or in Belgium', ['Europe > k:EU', 'Belgium > c:BE']],
    ['a turkey sandwich in Ankara', ['Ankara > Ankara, Türkiye']],
    ['TRUMPET IN PARIS OR GHENT', ['PARIS > Paris, France', 'GHENT > Ghent, Belgium']],
    ['chairs in Rio de Janeiro for 20 reais', ['Rio de Janeiro > Rio de Janeiro, Brazil']],
    ['Paris New York flight', ['Paris > Paris, France', 'New York > New York, New York, United States']],
    [
      "around 's-Gravenhage or Den Haag",
      ["'s-Gravenhage > The Hague, Netherlands", 'Den Haag > The Hague, Netherlands'],
    ],
    ["Ghent's baker", ["Ghent's > Ghent, Belgium"]],
    ['in Ghent (Belgium) or Antwerp', ['Ghent (Belgium) > Ghent, Belgium', 'Antwerp > Antwerp, Belgium']],
    [
      'in Ghent, Bruges or Aalst',
      ['Ghent > Ghent, Belgium', 'Bruges > Bruges, Belgium', 'Aalst > Aalst, Belgium'],
    ],
    ['a roof in Long Beach, CA?', ['Long Beach, CA > Long Beach, California, United States']],
    ['in new york under 50 dollars', ['new york > New York, New York, United States']],
  ];
  for (const [sentence, spans] of sentences) test(sentence, () => assert.deepEqual(read(sentence), spans));
});

test('spans say which words they cover, in order and apart', () => {
  const words = 'from Saint-Denis near Paris to New York City , NY by ship'.split(' ');
  const spans = places.scanNames(words);
  assert.deepEqual(
    spans.map(({ from, to }) => words.slice(from, to).join(' ')),
    ['Saint-Denis', 'Paris', 'New York City , NY'],
  );
});

test('where somebody lives decides in a sentence too', () => {
  const near = { latE6: 43_160_000, lonE6: -77_610_000 };
  const [span] = places.scanNames(['near', 'Geneva'], { country: 'US', near });
  assert.equal(span?.ask, false);
  assert.equal(span?.matches[0]?.place.region, 'NY');
});

test('ordinary words that are places are marked', () => {
  for (const word of ['bath', 'Bath', 'nice', 'Nice', 'orange', 'mobile', 'split', 'turkey', 'china']) {
    const [span] = places.scanNames([word]);
    assert.equal(span?.ordinaryWord, true, word);
  }
});

test('every word of the list is the name of some place or country', () => {
  const idle = ordinaryWords.filter((word) => places.scanNames([word.toUpperCase(), 'x']).length === 0);
  assert.deepEqual(idle, []);
});

test('words beyond the limit of a sentence are not read', () => {
  const words = Array.from({ length: placeLimits.sentenceWords }, () => 'xyzzy');
  words[placeLimits.sentenceWords - 1] = 'Ghent';
  assert.equal(places.scanNames(words).length, 1);
  assert.equal(places.scanNames(['xyzzy', ...words]).length, 0);
});

test('hostile words neither match nor throw', () => {
  const hostile = [
    '\u0000',
    '\ud800',
    '%',
    '_',
    "'",
    '""',
    'a'.repeat(100_000),
    '\u202e',
    '((((',
    ',',
    ',,,',
    '',
  ];
  assert.deepEqual(places.scanNames(hostile), []);
});
