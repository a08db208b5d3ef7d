import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers, linesOf, satisfies, valueAt } from './line-rules.ts';
import { Query } from './query.ts';

const proof = (id: string, more: object = {}) => ({
  ...{ id, format: 'dc+sd-jwt', meta: { vct_values: [`urn:example:${id}`] } },
  ...more,
});
const AGE = proof('age', {
  claims: [
    { id: 'over', path: ['age_over_18'] },
    { id: 'born', path: ['birthdate'] },
    { id: 'name', path: ['given_name'] },
  ],
});

test('each fact is a line, and says whether something else would do', () => {
  const query = Query.parse({
    credentials: [
      { ...AGE, claim_sets: [['over'], ['born', 'name']] },
      proof('home', { claims: [{ path: ['address', 'region'], values: ['Here', 'There'] }] }),
      proof('card'),
    ],
    credential_sets: [{ options: [['age']] }, { options: [['home'], ['card']], required: true }],
  });
  assert.deepEqual(
    linesOf(query).map((line) => [line.id, line.path, line.isOptional]),
    [
      ['age/over', ['age_over_18'], true],
      ['age/born', ['birthdate'], true],
      ['age/name', ['given_name'], true],
      ['home/0', ['address', 'region'], true],
      ['card/0', [], true],
    ],
  );
  const plain = Query.parse({ credentials: [AGE] });
  assert.deepEqual(
    linesOf(plain).map((line) => line.isOptional),
    [false, false, false],
  );
});

test('what is shown is all, some or nothing of what was asked for', () => {
  const query = Query.parse({
    credentials: [{ ...AGE, claim_sets: [['over'], ['born', 'name']] }, proof('home'), proof('card')],
    credential_sets: [
      { options: [['age']] },
      { options: [['home'], ['card']] },
      { options: [['card']], required: false },
    ],
  });
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[], 'none'],
    [['age/over'], 'partly'],
    [['age/over', 'home/0'], 'all'],
    [['age/born', 'home/0'], 'partly'],
    [['age/born', 'age/name', 'card/0'], 'all'],
    [['home/0', 'card/0'], 'partly'],
  ];
  for (const [shown, verdict] of cases)
    assert.equal(satisfies(query, new Set(shown)), verdict, shown.join(' '));
  const free = Query.parse({
    credentials: [proof('home'), proof('card')],
    credential_sets: ['home', 'card'].map((id) => ({ options: [[id]], required: false })),
  });
  assert.equal(satisfies(free, new Set(['home/0'])), 'partly');
  assert.equal(satisfies(free, new Set(['home/0', 'card/0'])), 'all');
  const every = Query.parse({ credentials: [AGE, proof('home')] });
  const three = ['age/over', 'age/born', 'age/name'];
  assert.equal(satisfies(every, new Set(three)), 'partly');
  assert.equal(satisfies(every, new Set([...three, 'home/0'])), 'all');
});

test('a value that would not do is as if it were not there, and so is one of another kind', () => {
  const [line] = linesOf(
    Query.parse({ credentials: [proof('home', { claims: [{ path: ['a', 'b'], values: ['x', 1, true] }] })] }),
  );
  assert(line);
  const kind = 'urn:example:home';
  for (const good of ['x', 1, true]) assert.ok(answers(line, kind, { a: { b: good } }));
  for (const bad of ['y', '1', 'true', false, null, ['x']])
    assert.ok(!answers(line, kind, { a: { b: bad } }));
  assert.ok(!answers(line, 'urn:example:other', { a: { b: 'x' } }));
  assert.equal(valueAt({ a: [{ b: 'x' }] }, ['a', 'b']), undefined);
  for (const name of ['toString', '__proto__', 'constructor'])
    assert.equal(valueAt({ a: {} }, ['a', name]), undefined);
});

test('a request is read as the standard says, within its limits', () => {
  const read = (query: object) => Query.safeParse(query);
  const known = read({ credentials: [{ ...AGE, later: 1 }], newer: true });
  assert.deepEqual(known.data, { credentials: [AGE] });
  const wrong: readonly object[] = [
    { credentials: [] },
    { credentials: [proof('a b')] },
    { credentials: [proof('a'), proof('a')] },
    { credentials: [proof('a', { meta: {} })] },
    { credentials: [proof('a', { claims: [] })] },
    { credentials: [proof('a', { claims: [{ path: ['x'] }, { path: ['x'] }] })] },
    {
      credentials: [
        proof('a', {
          claims: [
            { id: 'x', path: ['x'] },
            { id: 'x', path: ['y'] },
          ],
        }),
      ],
    },
    { credentials: [proof('a', { claim_sets: [['x']] })] },
    { credentials: [proof('a', { claims: [{ path: ['a', 'b', 'c', 'd', 'e'] }] })] },
    { credentials: [proof('a', { require_cryptographic_holder_binding: false })] },
    { credentials: [proof('a')], credential_sets: [{ options: [['b']] }] },
    { credentials: 'abcdef'.split('').map((id) => proof(id)) },
  ];
  for (const query of wrong) assert.ok(!read(query).success, JSON.stringify(query));
  assert.ok(read({ credentials: 'abcde'.split('').map((id) => proof(id)) }).success);
});
