import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findTerms, whatMayBeKept } from './find-terms.ts';
import { ROSTER } from './roster.ts';
import { acceptable, conflicts, isAtLeastAsStrict } from './rules.ts';

const IDS = ROSTER.map((terms) => terms.id);
const id = fc.constantFrom(...IDS);

test('the roster has the identifiers of IEEE 7012, each with an IRI, lines and a text', () => {
  const steps = ['', '-A', '-AT', '-ATP', '-ATP-S3P'];
  const service = steps.flatMap((step) => [`SD-BASE${step}`, `SD-BASE${step}-DP`]);
  const others = ['PDC-INTENT', 'PDC-AI', 'PDC-GOOD', 'TPR', 'TPR-IDENTITY-REF'];
  assert.deepEqual(IDS, [...service, ...others]);
  for (const terms of ROSTER) {
    assert.equal(terms.iri, `https://w3id.org/dpv/standards/p7012#${terms.id}`);
    assert.ok(terms.plain.length >= 2 && terms.text.split('\n\n').length >= 3, terms.id);
    const practices = terms.plain.map((line) => line.practice);
    assert.equal(new Set(practices).size, practices.length, `${terms.id} says one thing about each practice`);
  }
});

test('every spelling in use leads to the same terms', () => {
  for (const name of ['SD-BASE-AT-DP', 'SD-BY-AT-DP', 'sd-by-at-dp', 'p7012:SD-BASE-AT-DP']) {
    assert.equal(findTerms(name)?.id, 'SD-BASE-AT-DP', name);
  }
  assert.equal(findTerms('https://w3id.org/dpv/standards/p7012#SD-BY')?.id, 'SD-BASE');
  for (const name of ['', 'SD', 'SD-BASE-S3P', 'PDC', 'https://example.org/#SD-BASE', 'constructor']) {
    assert.equal(findTerms(name), undefined, name);
  }
});

test('what may be kept after the end is said in the words of the very terms', () => {
  for (const { id, text } of ROSTER) {
    const clause = whatMayBeKept(id);
    const sentences = clause.split(/(?<=\.) /);
    // "You keep it no longer …" follows on from the sentence that it ends.
    for (const said of sentences)
      assert.ok(text.includes(said.replace(/^You keep it /, 'keep it ').replace(/\.$/, '')), id);
    assert.match(clause, /\bends?\b/, id);
  }
  assert.equal(whatMayBeKept('SD-BASE-S3P'), '');
});

test('stricter is what permits less and owes more', () => {
  const yes = [
    ['SD-BASE', 'SD-BASE-A'],
    ['SD-BASE-DP', 'SD-BASE'],
    ['SD-BASE-A-DP', 'SD-BASE-ATP-S3P'],
    ['TPR', 'TPR-IDENTITY-REF'],
    ['SD-BY', 'SD-BASE'],
  ] as const;
  const no = [
    ['SD-BASE-A', 'SD-BASE'],
    ['SD-BASE', 'SD-BASE-DP'],
    ['SD-BASE-AT', 'SD-BASE-A'],
    ['SD-BASE', 'PDC-INTENT'],
    ['PDC-INTENT', 'PDC-AI'],
    ['PDC-AI', 'PDC-GOOD'],
    ['SD-BASE', 'UNKNOWN'],
    ['UNKNOWN', 'SD-BASE'],
    ['UNKNOWN', 'UNKNOWN'],
  ] as const;
  for (const [a, b] of yes) assert.ok(isAtLeastAsStrict(a, b), `${a} is at least as strict as ${b}`);
  for (const [a, b] of no) assert.ok(!isAtLeastAsStrict(a, b), `${a} is not at least as strict as ${b}`);
});

test('strictness is an order, and conflicts and the best choice agree with it', () => {
  fc.assert(
    fc.property(id, id, id, (a, b, c) => {
      assert.ok(isAtLeastAsStrict(a, a));
      if (isAtLeastAsStrict(a, b) && isAtLeastAsStrict(b, c)) assert.ok(isAtLeastAsStrict(a, c));
      if (isAtLeastAsStrict(a, b) && isAtLeastAsStrict(b, a)) assert.equal(a, b);
      assert.equal(conflicts([a], b).length === 0, isAtLeastAsStrict(b, a));
      assert.equal(acceptable([a], [b]), isAtLeastAsStrict(b, a) ? b : undefined);
      const either = conflicts([a, c], b).length === 0;
      assert.equal(either, isAtLeastAsStrict(b, a) || isAtLeastAsStrict(b, c));
    }),
    { numRuns: 2_000 },
  );
});

test('a conflict says what they may do and what mine says', () => {
  assert.deepEqual(conflicts(['SD-BASE'], 'SD-BASE-AT'), [
    'They may count and study how you use their own service. Your SD-BASE forbids it.',
    'They may recognise you when you come back to their own service. Your SD-BASE forbids it.',
  ]);
  assert.deepEqual(conflicts(['SD-BASE-DP'], 'SD-BASE'), [
    'Your SD-BASE-DP says: "You can take your data with you, whole and in a usual format." Their SD-BASE does not promise it.',
  ]);
  // The nearest of mine is compared.
  assert.deepEqual(conflicts(['SD-BASE', 'SD-BASE-A'], 'SD-BASE-AT'), [
    'They may recognise you when you come back to their own service. Your SD-BASE-A forbids it.',
  ]);
  assert.equal(conflicts(['SD-BASE'], 'PDC-AI').length, 1);
  assert.deepEqual(conflicts(['SD-BASE'], 'THEIR-OWN'), [
    'Their terms are not in the roster, so nothing is known about them.',
  ]);
  assert.deepEqual(conflicts([], 'SD-BASE-ATP-S3P'), []);
});

test('the best of what is offered follows my order', () => {
  assert.equal(acceptable(['SD-BASE', 'SD-BASE-A'], ['SD-BASE-A', 'SD-BASE']), 'SD-BASE');
  assert.equal(acceptable(['SD-BASE-A'], ['SD-BASE', 'SD-BASE-A']), 'SD-BASE-A');
  assert.equal(acceptable(['SD-BASE-AT'], ['SD-BASE-ATP', 'SD-BASE-A', 'SD-BASE']), 'SD-BASE-A');
  assert.equal(acceptable(['SD-BASE'], ['SD-BASE-A', 'SD-BASE-DP']), 'SD-BASE-DP');
  assert.equal(acceptable(['SD-BASE'], ['SD-BY']), 'SD-BASE');
  assert.equal(acceptable(['SD-BASE'], ['SD-BASE-A']), undefined);
  assert.equal(acceptable(['SD-BASE'], []), undefined);
  assert.equal(acceptable([], ['SD-BASE-ATP', 'SD-BASE']), 'SD-BASE-ATP');
});
