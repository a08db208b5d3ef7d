import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apart, openSentence, overlaps, TAKEN, without } from './sentence.ts';

test('plain text has the length of the sentence, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(openSentence(text).plain.length, text.length);
    }),
  );
});

test('plain text is lower case, without accents, with one kind of quote, dash, space and times sign', () => {
  assert.equal(openSentence('ZÜRICH – Łódź’s\u00a0CAFÉ 2×3 İ').plain, "zurich - lodz's cafe 2x3 i");
});

test('what was understood is blanked out in place and nowhere else', () => {
  const sentence = openSentence('a lamp in Ghent');
  const left = without(sentence, [{ from: 7, to: 15 }]);
  assert.equal(left.plain, `a lamp ${TAKEN.repeat(8)}`);
  assert.equal(left.text, sentence.text);
});

test('spans that are kept apart never overlap, and the earliest and longest is kept', () => {
  const span = fc.record({ from: fc.nat(50), length: fc.integer({ min: 1, max: 10 }) });
  fc.assert(
    fc.property(fc.array(span), (rows) => {
      const spans = rows.map(({ from, length }) => ({ from, to: from + length }));
      const kept = apart(spans);
      for (const [at, one] of kept.entries())
        for (const other of kept.slice(at + 1)) assert(!overlaps(one, other));
      assert.equal(kept.length === 0, spans.length === 0);
    }),
  );
  assert.deepEqual(
    apart([
      { from: 2, to: 4 },
      { from: 0, to: 1 },
      { from: 0, to: 3 },
    ]),
    [{ from: 0, to: 3 }],
  );
});
