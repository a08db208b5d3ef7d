import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { amount } from '../../kernel/schema.ts';
import { schemaView } from '../schema-view.ts';
import { amountOf, camelCase, kebabCase, putFields } from './fields.ts';
import { formatAmount } from './format.ts';
import { render } from './render.ts';
import { sortWords } from './words.ts';

const Listing = z.object({
  title: z.string(),
  newPrice: amount.optional(),
  stock: z.int().optional(),
  isUsed: z.boolean().optional(),
  ids: z.array(z.string().regex(/^[a-z]+$/)).optional(),
  notes: z.array(z.string()).optional(),
  attributes: z.record(z.string(), z.string()).optional(),
  place: z.object({ id: z.int(), label: z.string() }).optional(),
  state: z.enum(['open', 'closed']).optional(),
});
const schema = schemaView(Listing, 'input');
const read = (...fields: [string, string | undefined][]) => putFields({}, schema, fields);

test('each field is read as its schema wants it', () => {
  const result = read(
    ['title', '300'],
    ['new-price', '12.50 EUR'],
    ['stock', '-3'],
    ['is-used', undefined],
    ['ids', 'a,b'],
    ['ids', 'c'],
    ['notes', 'one, two'],
    ['notes', 'three'],
    ['attributes.colour', 'red'],
    ['place.id', '7'],
    ['place.label', 'Ghent'],
    ['state', 'open'],
  );
  assert.deepEqual(result, {
    ok: true,
    value: {
      title: '300',
      newPrice: { unit: 'EUR', value: '1250' },
      stock: -3,
      isUsed: true,
      ids: ['a', 'b', 'c'],
      notes: ['one, two', 'three'],
      attributes: { colour: 'red' },
      place: { id: 7, label: 'Ghent' },
      state: 'open',
    },
  });
  assert(result.ok && Listing.safeParse(result.value).success);
});

test('what does not fit is usage, by the name of the field', () => {
  const wrong: [string, string | undefined][] = [
    ['stock', '1.5'],
    ['stock', 'many'],
    ['title', undefined],
    ['new-price', '12.505 EUR'],
    ['new-price', '12 smiles'],
    ['is-used', 'perhaps'],
    ['nothing', 'x'],
    ['place.nothing', 'x'],
    ['constructor', 'x'],
    ['__proto__.polluted', 'x'],
  ];
  for (const field of wrong) {
    const result = read(field);
    assert.equal(result.ok ? undefined : result.code, 'usage', field.join(' '));
    assert(!result.ok && result.message.includes(field[0]), field.join(' '));
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).includes('polluted'), false);
});

test('amounts are written as people write them, and come out the same', () => {
  const pairs: [string, { unit: string; value: string }, string][] = [
    ['300 EUR', { unit: 'EUR', value: '30000' }, '300.00 EUR'],
    ['0.05eur', { unit: 'EUR', value: '5' }, '0.05 EUR'],
    ['-1.5 EUR', { unit: 'EUR', value: '-150' }, '-1.50 EUR'],
    ['1000 JPY', { unit: 'JPY', value: '1000' }, '1000 JPY'],
    ['1.234 KWD', { unit: 'KWD', value: '1234' }, '1.234 KWD'],
    ['2 hours', { unit: 'hours', value: '120' }, '2 h'],
    ['1.5 hour', { unit: 'hours', value: '90' }, '1 h 30 min'],
    ['1 favour', { unit: 'favour', value: '1' }, '1 favour'],
    ['3 goods', { unit: 'goods', value: '3' }, '3 goods'],
    ['0 EUR', { unit: 'EUR', value: '0' }, '0.00 EUR'],
  ];
  for (const [text, value, shown] of pairs) {
    assert.deepEqual(amountOf(text), value, text);
    assert.equal(formatAmount(value), shown);
  }
  for (const text of ['1.5 JPY', '1.001 EUR', 'EUR', '12', '1e3 EUR', '1,5 EUR', '0.01 hours']) {
    assert.equal(amountOf(text), undefined, text);
  }
});

test('names of fields and flags are each other', () => {
  for (const name of Object.keys(Listing.shape)) {
    assert.equal(camelCase(kebabCase(name)), name);
  }
  const words = sortWords(['x', '--as', 'ada', '--title', '-5', '--flag', '--json', '--input', '-']);
  assert(words.ok);
  assert.deepEqual([words.value.as, words.value.json, words.value.input], ['ada', true, '-']);
  assert.deepEqual(words.value.fields, [
    ['title', '-5'],
    ['flag', undefined],
  ]);
});

test('a result is shown aligned, rows as a table, and nothing in it commands the terminal', () => {
  const rows = [
    { id: 'a', price: { unit: 'EUR', value: '1250' }, isOpen: true, name: 'plain' },
    { id: 'b', price: { unit: 'hours', value: '90' }, isOpen: false, name: 'evil\u001b[2J\u202etext' },
  ];
  const shown = render({ rows, next: 'b' }, 0).split('\n');
  assert.deepEqual(shown, [
    'next  b',
    'id  price       isOpen  name',
    'a   12.50 EUR   yes     plain',
    'b   1 h 30 min  no      evil\ufffd[2J\ufffdtext',
  ]);
  assert.equal(render({}, 0), 'Done.');
  assert.equal(render({ rows: [] }, 0), 'Nothing here.');
  assert.match(
    render({ text: 'one\ntwo', list: [{ deep: { deeper: 1 } }] }, 0),
    /text\n {2}one\n {2}two\nlist\n {2}deep\n {4}deeper {2}1/,
  );
});
