import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountInWords } from '../../src/kernel/amount-words.ts';
import { formatAmount } from '../../web/i18n/format.ts';

const UNITS = [...Intl.supportedValuesOf('currency'), 'hours', 'goods', 'favour'];
const VALUES = [
  '0',
  '1',
  '5',
  '59',
  '60',
  '61',
  '90',
  '100',
  '120',
  '1000',
  '12345',
  '30000',
  '123450',
  '12345678',
];

test('an amount reads the same in a sentence of the node and on a page', () => {
  const differing = UNITS.flatMap((unit) =>
    VALUES.flatMap((value) => {
      const [said, shown] = [amountInWords({ unit, value }), formatAmount({ unit, value })];
      return said === shown ? [] : [`${said} / ${shown}`];
    }),
  );
  assert.deepEqual(differing, []);
});

test('it is as people write it, and says whose dollars they are', () => {
  const said = [
    ['EUR', '30000'],
    ['EUR', '-1250'],
    ['USD', '123450'],
    ['CAD', '100'],
    ['JPY', '1000'],
    ['KWD', '1234'],
    ['hours', '90'],
    ['favour', '2'],
    ['goods', '1'],
  ].map(([unit = '', value = '']) => amountInWords({ unit, value }));
  const expected = ['€300', '-€12.50', 'US$1,234.50', 'CA$1', 'JP¥1,000'];
  assert.deepEqual(
    said.map((it) => it.replaceAll('\u00a0', ' ')),
    [...expected, 'KWD 1.234', '1 hour 30 minutes', '2 favours', '1 piece'],
  );
});
