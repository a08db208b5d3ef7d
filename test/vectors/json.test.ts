import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fromUtf8 } from '../../src/kernel/bytes.ts';
import { parseStrictJson } from '../../src/kernel/json.ts';
import { filesIn, fixture, publicPath } from './folder.ts';

interface JsonCase {
  readonly name: string;
  /** What RFC 8259 says of it: y accept, n refuse, i as an implementation likes. */
  readonly standard: 'y' | 'n' | 'i';
  readonly text?: string;
  readonly hex?: string;
  readonly verdict: 'accept' | 'refuse';
}

test('JSON is accepted and refused as the fixtures publish', () => {
  for (const { name, standard, text, hex, verdict } of fixture<JsonCase[]>('json.json')) {
    const octets = text === undefined ? Buffer.from(hex ?? '', 'hex') : Buffer.from(text, 'utf8');
    assert.equal(isAccepted(octets) ? 'accept' : 'refuse', verdict, name);
    if (standard === 'n') assert.equal(verdict, 'refuse', name);
  }
});

/** What RFC 8259 allows and our profile does not: fractions, exponents, -0, names that stand twice, U+0000. */
const NARROWER = [
  ...['number', 'number_0e+1', 'number_0e1', 'number_double_close_to_zero', 'number_int_with_exp'],
  ...['number_minus_zero', 'number_negative_zero', 'number_real_capital_e', 'number_real_capital_e_neg_exp'],
  ...['number_real_capital_e_pos_exp', 'number_real_exponent', 'number_real_fraction_exponent'],
  ...['number_real_neg_exp', 'number_real_pos_exponent', 'number_simple_real', 'object_duplicated_key'],
  ...['object_duplicated_key_and_value', 'object_escaped_null_in_key', 'object_extreme_numbers'],
  ...['string_null_escape', 'structure_lonely_negative_real'],
];

const suite = publicPath('JSONTestSuite', 'test_parsing');
if (suite) {
  const files = filesIn(suite, '.json');
  test(`JSONTestSuite: ${files.length} texts; every n and i refused, every y accepted that the profile allows`, () => {
    assert.ok(files.length > 0);
    for (const file of files) {
      const [kind, name] = [basename(file)[0], basename(file, '.json').slice(2)];
      assert.equal(isAccepted(readFileSync(file)), kind === 'y' && !NARROWER.includes(name), basename(file));
    }
  });
}

function isAccepted(octets: Uint8Array): boolean {
  const text = fromUtf8(octets);
  return text !== undefined && parseStrictJson(text).ok;
}
