import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure, must } from '../kernel/result.ts';
import { planImport } from './plan-import.ts';
import { readFileContent } from './read-file.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** `line property | label | value` of what JSON brings, and `line what code` of what it does not. */
function readingOf(value: unknown, chosen?: number): { taken: string[]; skipped: string[] } {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const plan = planImport(must(readFileContent(octets(text))), chosen);
  return {
    taken: plan.planned.map(
      ({ found, content: c }) =>
        `${found.line} ${c.property} | ${c.label} | ${c.value.replaceAll('\n', ' / ')}`,
    ),
    skipped: plan.skipped.map((s) => `${s.line} ${s.what} ${s.code}`),
  };
}

test('an object of properties, by full or short names, one or several values each', () => {
  const { taken, skipped } = readingOf({
    'schema:email': ['jane@example.org', 'jane@work.example'],
    telephone: '+32 470 12 34 56',
    'https://schema.org/name': 'Jane Doe',
    note: 'Beginner',
    'own:household-size': 4,
    address: {
      streetAddress: 'Kerkstraat 1',
      postalCode: '9000',
      addressLocality: 'Ghent',
      '@type': 'PostalAddress',
    },
    'own:band': 'Tuesdays',
    shoeSize: '42',
    birthDate: '1980-02-30',
    gender: null,
    height: { tall: true },
    __proto__x: 'no',
  });
  assert.deepEqual(taken, [
    '1 schema:email | E-mail | jane@example.org',
    '1 schema:email | E-mail | jane@work.example',
    '2 schema:telephone | Phone | +32 470 12 34 56',
    '3 schema:name | Name | Jane Doe',
    '4 vcard:note | Note | Beginner',
    '5 own:household-size | People in the household | 4',
    '6 schema:address | Address | Kerkstraat 1 / 9000 Ghent',
    '7 own:band | band | Tuesdays',
  ]);
  assert.deepEqual(skipped, [
    '8 shoeSize unknown-property',
    '9 birthDate value-unfit',
    '10 gender value-unfit',
    '11 height value-unfit',
    '12 __proto__x unknown-property',
  ]);
});

test('an array of items, or the answer of list-items', () => {
  const items = [
    { property: 'schema:email', value: 'jane@example.org', label: 'Work', tags: ['a', 'b'], note: 'n' },
    { property: 'schema:address', parts: { streetAddress: 'Kerkstraat 1', addressLocality: 'Ghent' } },
    { property: 'schema:email' },
    { property: 'schema:email', value: true },
    { property: 'schema:email', value: 'x@y.org', tags: 'no list' },
    { property: 'schema:email', value: 'x@y.org', label: '' },
    { property: 'schema:email', parts: { streetAddress: 'x' } },
    { property: 'mail', value: 'x@y.org' },
    'text',
    null,
  ];
  const wanted = {
    taken: ['1 schema:email | Work | jane@example.org', '2 schema:address | Address | Kerkstraat 1 / Ghent'],
    skipped: [
      '3 schema:email value-unfit',
      '4 schema:email value-unfit',
      '5 schema:email malformed',
      '6 schema:email value-unfit',
      '7 schema:email value-unfit',
      '8 entry 8 unknown-property',
      '9 entry 9 malformed',
      '10 entry 10 malformed',
    ],
  };
  assert.deepEqual(readingOf(items), wanted);
  assert.deepEqual(readingOf({ rows: items, next: 'x' }), wanted);
  assert.deepEqual(readingOf({ items }), wanted);
});

const PERSON = {
  '@context': 'https://schema.org',
  '@type': 'Person',
  '@id': 'https://jane.example.org/#me',
  name: 'Jane Doe',
  email: 'mailto:jane@example.org',
  telephone: ['+32 470 12 34 56', '+32 9 123 45 67'],
  address: {
    '@type': 'PostalAddress',
    streetAddress: 'Kerkstraat 1\nBus 2',
    postalCode: 9000,
    addressLocality: 'Ghent',
  },
  homeLocation: {
    '@type': 'Place',
    address: { addressLocality: 'Ghent', addressCountry: { name: 'Belgium' } },
  },
  worksFor: { '@type': 'Organization', name: 'Doe & Daughters' },
  height: { '@type': 'QuantitativeValue', value: 183, unitCode: 'CMT' },
  gender: 'https://schema.org/Female',
  knowsLanguage: [{ '@type': 'Language', name: 'Dutch' }, 'English'],
  sameAs: ['https://social.example/@jane'],
  contactPoint: { '@type': 'ContactPoint', contactType: 'evenings', email: 'late@example.org' },
  award: 'Best beginner',
  spouse: { '@type': 'Person' },
};

test('a person of schema.org in JSON-LD', () => {
  const { taken, skipped } = readingOf(PERSON);
  assert.deepEqual(
    taken.map((t) => t.replace(/^\d+ /, '')),
    [
      'schema:name | Name | Jane Doe',
      'schema:email | E-mail | jane@example.org',
      'schema:telephone | Phone | +32 470 12 34 56',
      'schema:telephone | Phone | +32 9 123 45 67',
      'schema:address | Address | Kerkstraat 1, Bus 2 / 9000 Ghent',
      'schema:address | Address | Ghent / Belgium',
      'schema:worksFor | Works for | Doe & Daughters',
      'schema:height | Height | 183 cm',
      'schema:gender | Gender | female',
      'schema:knowsLanguage | Languages I speak | Dutch',
      'schema:knowsLanguage | Languages I speak | English',
      'vcard:socialprofile | Profile elsewhere | https://social.example/@jane',
      'schema:email | E-mail (evenings) | late@example.org',
      'schema:award | award | Best beginner',
    ],
  );
  assert.deepEqual(skipped, [
    '1 @context about-the-file',
    '2 @type about-the-file',
    '3 @id about-the-file',
    '16 spouse value-unfit',
  ]);
});

test('several people: nobody is taken until one is chosen', () => {
  const graph = {
    '@graph': [PERSON, { '@type': 'schema:Person', name: 'John' }, { '@type': 'Place', name: 'Ghent' }],
  };
  assert.deepEqual(readingOf(graph).taken, []);
  assert.deepEqual(readingOf(graph).skipped, ['1 card 1 somebody-else', '2 card 2 somebody-else']);
  assert.deepEqual(readingOf(graph, 2).taken, ['2 schema:name | Name | John']);
});

test('JSON that is not strict is refused whole', () => {
  const refusals: [string, string][] = [
    ['{"schema:email": "a@b", "schema:email": "c@d"}', 'json-malformed'],
    ['{"own:household-size": 4.5}', 'json-malformed'],
    ['{"own:household-size": 90071992547409930}', 'json-malformed'],
    ['{"a": "\\ud800"}', 'json-malformed'],
    [`${'['.repeat(40)}${']'.repeat(40)}`, 'json-malformed'],
    ['{"schema:email": "a@b"', 'json-malformed'],
    ['{"a": 1} trailing', 'json-malformed'],
  ];
  for (const [text, code] of refusals) {
    const content = readFileContent(octets(text));
    assert.ok(isFailure(content), text);
    assert.equal(content.code, code);
  }
  const latin1 = readFileContent(new Uint8Array(Buffer.from('{"schema:name": "Zo\u00eb"}', 'latin1')));
  assert.ok(isFailure(latin1));
  assert.equal(latin1.code, 'file-encoding');
});
