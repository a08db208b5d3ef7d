import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openSentence } from '../sentence.ts';
import { readBrand } from './brands.ts';
import { readCondition } from './conditions.ts';
import { readLooks } from './looks.ts';
import { readQuantity } from './quantity.ts';
import { readSize } from './sizes.ts';

type Rows<T> = readonly (readonly [text: string, expected: T | undefined])[];

function check<T>(title: string, read: (text: string) => T | undefined, rows: Rows<T>): void {
  describe(title, () => {
    for (const [text, expected] of rows) test(text, () => assert.equal(read(text), expected));
  });
}

check<string>('condition', (text) => readCondition(openSentence(text)).condition, [
  ['a used trumpet', 'used'],
  ['a trumpet, second-hand', 'used'],
  ['2nd hand sofa', 'used'],
  ['pre-owned but like new', 'used'],
  ['stroller, gently used', 'used'],
  ['a refurbished phone', 'refurbished'],
  ['mattress, new and not second hand!', 'new'],
  ['brand-new, unopened', 'new'],
  ['lamp, never used', 'new'],
  ['my son used to play', undefined],
  ['a shelf for my new flat', undefined],
  ["any bike, doesn't have to be new", undefined],
  ['a lamp, new or used', undefined],
  ['before New Year', undefined],
  ['new it costs 400', undefined],
  ['a good old lamp', undefined],
]);

const color = (text: string) => readLooks(openSentence(text)).looks.find(({ key }) => key === 'color')?.value;
check<string>('colour', color, [
  ['a red bicycle', 'red'],
  ['accordion, red, in', 'red'],
  ['a dark blue coat', 'dark blue'],
  ['a grey watch', 'grey'],
  ['helmet, not pink', undefined],
  ['mixer, any colour but red', undefined],
  ['boots, black or brown', undefined],
  ['printer black and white', undefined],
  ['a bottle of red wine', undefined],
  ['not black but white shoes', 'white'],
]);

const material = (text: string) =>
  readLooks(openSentence(text)).looks.find(({ key }) => key === 'material')?.value;
check<string>('material', material, [
  ['leather shoulder bag', 'leather'],
  ['armchair, green velvet', 'velvet'],
  ['jersey, wool, size M', 'wool'],
  ['a wooden train', 'wood'],
  ['table made of solid oak', 'solid oak'],
  ['garden chairs, wood or metal', undefined],
  ['balls of wool', undefined],
  ['shoes, no leather', undefined],
  ['a glass cleaner', undefined],
  ['12 wine glasses', undefined],
]);

check<number>('quantity', (text) => readQuantity(openSentence(text))?.count, [
  ['six jars of honey', 6],
  ['four dining chairs', 4],
  ['2 solar panels', 2],
  ['looking for 3 lamps', 3],
  ['magic cards, about 300 of them', 300],
  ['a dozen eggs', 12],
  ['red wine, 6 bottles', 6],
  ['tyres, 4 pieces', 4],
  ['lamp x2', 2],
  ['cookbooks, $10 each, need 3', 3],
  ['2 seater sofa', undefined],
  ['4-person tent', undefined],
  ['a pair of shoes', undefined],
  ['fish tank of 120 liter', undefined],
  ['20 kg of apples', undefined],
  ['jigsaw puzzle, 1000 pieces', undefined],
  ['iphone 13', undefined],
  ['Canon 50mm 1.8 lens', undefined],
  ['tent for 4 people', undefined],
  ['garden set, 4 chairs and a table', undefined],
]);

describe('size, by category', () => {
  const rows: readonly (readonly [text: string, category: string, expected: string | undefined])[] = [
    ['jeans, W32 L34', 'aa-1-12-4', 'W32 L34'],
    ['helmet for kid, size S,', 'sg-4-4-4-5', 'S'],
    ['racing bike, frame size 56', 'sg-4-4-3-11', '56'],
    ['sneakers, size 10', 'aa-8-8', '10'],
    ['boots, 39, black', 'aa-8-3', '39'],
    ['lamp, 39, black', 'hg-13-5', undefined],
    ['puffer jacket XL', 'aa-1-10-2-9', 'XL'],
    ['mattress 140x200', 'fr-2-6', '140x200'],
    ['binoculars 8x42', 'co-3-1', undefined],
    ['dumbbells 2x10 kg', 'sg-2-24-2-1', undefined],
    ['55 inch telly', 'el-17-4', '55 inch'],
    ['clincher tyre 700x28c', 'sg-4-4-2-21-1', '700x28c'],
    ['tyres 195/65 R15', 'vp-1-4-20-3-1', '195/65 R15'],
    ['a 3/4 violin', 'ae-2-8-7-6', '3/4'],
    ['lens 50mm', 'co-1-2-1', undefined],
    ['phone, 128 gb', 'el-4-8-5', undefined],
    ['fish tank of 120 liter', 'ap-2-4-13', undefined],
    ['raincoat, age 8', 'aa-1-10-2-10', undefined],
  ];
  for (const [text, category, expected] of rows)
    test(text, () => assert.equal(readSize(openSentence(text), category)?.value, expected));
});

check<string>('brand', (text) => readBrand(openSentence(text)).value, [
  ['samsung A14 phone', 'Samsung'],
  ["Levi's 501 jeans", "Levi's"],
  ['KitchenAid stand mixer', 'KitchenAid'],
  ['a used Giant bicycle', 'Giant'],
  ['a giant teddy bear', undefined],
  ['iphone 13', undefined],
  ['brake pads for my Toyota', undefined],
  ['Makita or Bosch drill', undefined],
  ['a laptop, no Dell', undefined],
  ['apples from the tree', undefined],
]);
