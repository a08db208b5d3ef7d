import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { PlaceHint } from './model.ts';
import { placeLimits } from './model.ts';
import { openPlaces } from './open-places.ts';
import { gazetteerForTests } from './testing.ts';

const places = openPlaces(gazetteerForTests());
after(() => places.close());

/** 'Springfield, Illinois, United States' when it is clear, else the outcome. */
function meant(text: string, hint?: PlaceHint): string {
  const found = places.find(text, hint);
  const [best] = found.matches;
  assert.equal(found.ask, found.outcome !== 'clear');
  return found.ask || best === undefined ? found.outcome : places.describe(best.place);
}

describe('a name is understood', () => {
  const ghent = 'Ghent, Belgium';
  const antwerp = 'Antwerp, Belgium';
  const hague = 'The Hague, Netherlands';
  const munich = 'Munich, Germany';
  const newYork = 'New York, New York, United States';
  const stLouis = 'St. Louis, Missouri, United States';
  const clear: [text: string, place: string][] = [
    ...[
      'Ghent',
      'Gent',
      'Gand',
      'GHENT',
      ' ghent ',
      'Гент',
      '根特',
      'Ghent, Belgium',
      'Gent, België',
      'Gand (Belgique)',
      'Ghent BE',
    ].map((text): [string, string] => [text, ghent]),
    ...['9000 Gent', 'city of Ghent', 'Ghent, Flanders', 'Ghent, Flanders, Belgium'].map(
      (text): [string, string] => [text, ghent],
    ),
    ...['Antwerp', 'Antwerpen', 'Anvers'].map((text): [string, string] => [text, antwerp]),
    ...['The Hague', 'Den Haag', "'s-Gravenhage", 'La Haye'].map((text): [string, string] => [text, hague]),
    ...['München', 'Munich', 'Munchen', 'Muenchen'].map((text): [string, string] => [text, munich]),
    ...['New York', 'New York City', 'NYC', 'New York, NY', 'New York, New York, USA'].map(
      (text): [string, string] => [text, newYork],
    ),
    ...['St. Louis', 'St Louis', 'Saint Louis, Missouri', 'St. Louis MO'].map((text): [string, string] => [
      text,
      stLouis,
    ]),
    ['Antwerp, Ohio', 'Antwerp, Ohio, United States'],
    ['Geneva', 'Geneva, Switzerland'],
    ['Genève', 'Geneva, Switzerland'],
    ['Geneva, New York', 'Geneva, New York, United States'],
    ['Geneva, Illinois', 'Geneva, Illinois, United States'],
    ['Geneva IL', 'Geneva, Illinois, United States'],
    ['Lisboa', 'Lisbon, Portugal'],
    ['Springfield, Illinois', 'Springfield, Illinois, United States'],
    ['Springfield, MA, USA', 'Springfield, Massachusetts, United States'],
    ['London', 'London, United Kingdom'],
    ['London, Ontario', 'London, Ontario, Canada'],
    ['Perth', 'Perth, Western Australia, Australia'],
    ['Perth, Scotland', 'Perth, United Kingdom'],
    ['Newcastle, NSW', 'Newcastle, New South Wales, Australia'],
    ['Paris, Texas', 'Paris, Texas, United States'],
    ['Berlin, DE', 'Berlin, Germany'],
    ['Waterloo, Brussels', 'Waterloo, Belgium'],
    ['Halle, Deutschland', 'Halle, Germany'],
    ['Granada, España', 'Granada, Spain'],
    ['St-Niklaas', 'Sint-Niklaas, Belgium'],
    ['Barcelona', 'Barcelona, Spain'],
    ['Washington, D.C.', 'Washington, District of Columbia, United States'],
    ['東京', 'Tokyo, Japan'],
    ['القاهرة', 'Cairo, Egypt'],
  ];
  for (const [text, place] of clear) test(text, () => assert.equal(meant(text), place));
});

describe('a name that does not decide is asked about', () => {
  const asked: [text: string, outcome: string][] = [
    ['Springfield', 'several'],
    ['Cambridge', 'several'],
    ['San José', 'several'],
    ['Saint-Denis', 'several'],
    ['Valencia', 'several'],
    ['Ghent, Kentucky', 'not-there'],
    ['Ghent NY', 'not-there'],
    ['Ghent, Nowhereland', 'unread'],
    ['Belgium', 'area'],
    ['Belgique', 'area'],
    ['Georgia', 'area'],
    ['Luxembourg', 'area'],
    ['Europe', 'area'],
    ['Ohio', 'region'],
    ['California', 'region'],
    ['Xyzzyville', 'unknown'],
    ['', 'unknown'],
    [' , ', 'unknown'],
    ['12345', 'unknown'],
    ["'; DROP TABLE place; --", 'unknown'],
  ];
  for (const [text, outcome] of asked) test(text || '(nothing)', () => assert.equal(meant(text), outcome));
});

describe('who asks decides', () => {
  const rochester = { latE6: 43_160_000, lonE6: -77_610_000 };
  const chicago = { latE6: 41_850_000, lonE6: -87_650_000 };
  const cases: [text: string, hint: PlaceHint, place: string][] = [
    ['Geneva', { country: 'US' }, 'several'],
    ['Geneva', { country: 'BE' }, 'Geneva, Switzerland'],
    ['Geneva', { country: 'US', near: rochester }, 'Geneva, New York, United States'],
    ['Ghent', { country: 'US' }, 'Ghent, Belgium'],
    ['Cambridge', { country: 'GB' }, 'Cambridge, United Kingdom'],
    ['Birmingham', { country: 'US' }, 'Birmingham, Alabama, United States'],
    ['Springfield', { country: 'US' }, 'several'],
    ['Springfield', { country: 'US', near: chicago }, 'Springfield, Illinois, United States'],
    ['Mons', { country: 'BE' }, 'Mons, Belgium'],
    [
      'Springfield, Massachusetts',
      { country: 'US', near: chicago },
      'Springfield, Massachusetts, United States',
    ],
  ];
  for (const [text, hint, place] of cases) {
    test(`${text} ${JSON.stringify(hint)}`, () => assert.equal(meant(text, hint), place));
  }
  test('at home comes first even where it must be asked', () => {
    const [best] = places.find('Springfield', { near: chicago }).matches;
    assert.equal(best && places.describe(best.place), 'Springfield, Illinois, United States');
  });
});

test('a question lists the places by plausibility, each in words of its own', () => {
  const { matches } = places.find('Springfield', { country: 'US' });
  assert.equal(matches.length, placeLimits.matches);
  const words = matches.map((match) => places.describe(match.place));
  assert.equal(new Set(words).size, words.length);
  const weights = matches.map((match) => match.weight);
  assert.deepEqual(
    weights,
    weights.toSorted((a, b) => b - a),
  );
});

test('a name that is not there shows where it is', () => {
  const [best] = places.find('Ghent, Kentucky').matches;
  assert.equal(best?.place.country, 'BE');
});

test('a name at the limit of length is looked up, one beyond is unknown', () => {
  const pad = (length: number) => `Ghent${' '.repeat(length - 5)}`;
  assert.equal(places.find(pad(placeLimits.nameLength)).outcome, 'clear');
  assert.equal(places.find(pad(placeLimits.nameLength + 1)).outcome, 'unknown');
  assert.equal(places.find('a '.repeat(100)).outcome, 'unknown');
});

test('a country is found by name in many languages and by code', () => {
  const names: [string, string | undefined][] = [
    ['Belgium', 'BE'],
    ['België', 'BE'],
    ['Belgien', 'BE'],
    ['be', 'BE'],
    ['UK', 'GB'],
    ['The Netherlands', 'NL'],
    ['Holland', 'NL'],
    ['USA', 'US'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['日本', 'JP'],
    ['Россия', 'RU'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['Czech Republic', 'CZ'],
    ['Grenada', 'GD'],
    ['Granada', undefined],
    ['Ghent', undefined],
    ['', undefined],
    ['zz', undefined],
  ];
  for (const [name, code] of names) assert.equal(places.findCountry(name), code, name);
});
