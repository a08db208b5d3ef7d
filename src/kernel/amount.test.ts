import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AMOUNT_MAX, addAmounts, parseAmount, unitScale } from './amount.ts';

test('an amount is digits within the 64-bit range', () => {
  assert.deepEqual(parseAmount('0'), { ok: true, value: 0n });
  assert.deepEqual(parseAmount(AMOUNT_MAX.toString()), { ok: true, value: AMOUNT_MAX });
  assert.equal(parseAmount((AMOUNT_MAX + 1n).toString()).ok, false);
  assert.equal(parseAmount((-AMOUNT_MAX - 1n).toString()).ok, false);
  for (const text of ['', '1.5', '1e3', ' 1', '01', '-0', '1,000', '٣', '0x10']) {
    assert.equal(parseAmount(text).ok, false, text);
  }
});

test('the scale stands in the unit', () => {
  assert.deepEqual(
    ['EUR', 'JPY', 'KWD', 'hours', 'goods', 'favour'].map(unitScale),
    [100, 1, 1000, 60, 1, 1],
  );
  assert.deepEqual(['eur', 'XXXX', 'points', ''].map(unitScale), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('amounts of one unit add up; others are never converted', () => {
  const eur = (value: string) => ({ unit: 'EUR', value });
  assert.deepEqual(addAmounts([eur('100'), eur('250')]), { ok: true, value: eur('350') });
  const mixed = addAmounts([eur('100'), { unit: 'USD', value: '1' }]);
  assert.equal(mixed.ok ? '' : mixed.code, 'units-differ');
  const over = addAmounts([eur(AMOUNT_MAX.toString()), eur('1')]);
  assert.equal(over.ok ? '' : over.code, 'amount-too-large');
});

test('the digits are those of ISO 4217, whatever the locale data of this Node says', () => {
  assert.deepEqual(['AFN', 'KRW', 'TND', 'KES'].map(unitScale), [100, 1, 1000, 100]);
});
