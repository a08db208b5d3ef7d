import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOf } from './rules.ts';

const NOW = 1_000;
const asks = [
  { property: 'schema:email', until: 3_000 },
  { property: 'schema:email', until: 5_000 },
  { property: 'schema:telephone', until: 2_000 },
];

for (const [what, property, given, end] of [
  ['what is asked for ends with its ask', 'schema:telephone', undefined, 2_000],
  ['of two asks the later counts', 'schema:email', undefined, 5_000],
  ['an earlier end is the person’s own', 'schema:email', 1_001, 1_001],
  ['the very day may be given', 'schema:email', 5_000, 5_000],
  ['a later one may not', 'schema:email', 5_001, 'until-too-late'],
  ['one that has passed may not', 'schema:email', NOW, 'date-past'],
  ['nor where nobody asked', 'schema:name', NOW, 'date-past'],
  ['what nobody asked for has the end it is given', 'schema:name', 9_000, 9_000],
  ['or none', 'schema:name', undefined, null],
] as const) {
  test(what, () => {
    const found = endOf(property, given, asks, NOW);
    assert.equal(found.ok ? found.value : found.code, end);
  });
}
