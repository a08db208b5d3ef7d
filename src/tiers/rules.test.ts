import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_MS, type Facts } from './facts-rules.ts';
import type { Named, Step, When } from './model.ts';
import { type ActiveRule, decide, type KnownItem, names, type Release, type Stock } from './rules.ts';
import { tryOn } from './trial-rules.ts';

const NOW = 1_000 * DAY_MS;
const PROPERTIES = ['schema:email', 'schema:address', 'own:shoe-size', 'schema:birthDate'] as const;
const CATEGORY: Readonly<Record<string, string>> = {
  'schema:email': 'contact',
  'schema:address': 'address',
  'own:shoe-size': 'size',
  'schema:birthDate': 'contact',
};

const item = (id: string, property: string, version = 1): KnownItem => ({
  ...{ id, property, version, label: id },
  category: CATEGORY[property] ?? 'other',
});
const ITEMS = [
  item('e1', 'schema:email'),
  item('e2', 'schema:email'),
  item('a1', 'schema:address'),
  item('s1', 'own:shoe-size'),
  item('b1', 'schema:birthDate'),
];
const STOCK: Stock = { never: [], items: ITEMS };
const when = (kind: When['kind'], atLeast = 1, of: When['of'] = 'relationship'): When => ({
  ...{ kind, atLeast, of },
});
const property = (value: string): Named => ({ kind: 'property', value });
const step = (w: When, gives: readonly Named[], more: Partial<Step> = {}): Step => ({
  ...{ when: w, gives: [...gives], alsoUnasked: false, howOften: 'once', ...more },
});
const rule = (...steps: Step[]): ActiveRule => ({
  ...{ id: 'r', name: 'Rule', purpose: 'to deliver', steps },
  whom: { kind: 'everybody', relationships: [] },
});
const ask = (name: string, days = 30) => ({ property: name, purpose: 'to bring it', days });

const FACTS: Facts = {
  ...{ rel: 'rel', side: 'buyer', isOpen: true, agreedAt: NOW - 10 * DAY_MS, kept: [], keptByShop: [] },
  ...{ asks: PROPERTIES.map((it) => ask(it)), given: [], answered: [], isCounting: true },
};
const releases = (rules: readonly ActiveRule[], facts: Facts, stock = STOCK): Release[] =>
  decide(rules, stock, facts, NOW).flatMap((it) => it.releases);
const given = (id: string, change: Partial<Facts['given'][number]> = {}): Facts['given'][number] => ({
  ...{ id: `g-${id}`, item: id, property: ITEMS.find((it) => it.id === id)?.property ?? '' },
  ...{ state: 'active', since: NOW, until: null, stoppedAt: null, isReplaced: false },
  ...{ isSpent: false, ...change },
});
type Answered = Facts['answered'][number];
const answered = (id: string, state: Answered['state'], version = 1): Answered => ({
  ...{ item: id, property: given(id).property, version, state },
  grant: state === 'given' ? `g-${id}` : null,
});

test('first sizes; after two kept promises the address; never the birthday', () => {
  const steps = [
    step(when('agreed'), [{ kind: 'category', value: 'size' }]),
    step(when('kept-promises', 2), [property('schema:address')]),
    step(when('agreed'), [{ kind: 'category', value: 'contact' }], { alsoUnasked: true }),
  ];
  const stock = { ...STOCK, never: [property('schema:birthDate')] };
  const at = (kept: number[]): string[] =>
    releases([rule(...steps)], { ...FACTS, kept }, stock).map((it) => it.item);
  assert.deepEqual(at([NOW - 5]), ['s1', 'e1', 'e2']);
  assert.deepEqual(at([NOW - 5, NOW - 1]), ['s1', 'a1', 'e1', 'e2']);
  const [decided] = decide([rule(...steps)], stock, { ...FACTS, kept: [NOW - 5] }, NOW);
  assert.deepEqual(decided?.next?.have, 1);
  assert.deepEqual(decided?.next?.gives, [{ property: 'schema:address', label: 'a1' }]);
  assert.deepEqual(decided?.notGiven, [{ property: 'schema:birthDate', label: 'b1', reason: 'never' }]);
});

test('only what they asked for, one answer to one question, and no longer than they asked', () => {
  const emails = step(when('agreed'), [property('schema:email')], { untilDays: 90 });
  const [one, ...others] = releases([rule(emails)], FACTS);
  assert.deepEqual([one?.item, one?.until, others.length], ['e1', NOW + 30 * DAY_MS, 0]);
  assert.deepEqual([one?.purpose, one?.askedFor], ['to deliver', 'to bring it']);
  const unasked = { ...FACTS, asks: [] };
  assert.deepEqual(releases([rule(emails)], unasked), []);
  const all = releases([rule({ ...emails, alsoUnasked: true })], unasked);
  assert.deepEqual(
    all.map((it) => [it.item, it.until]),
    [
      ['e1', NOW + 90 * DAY_MS],
      ['e2', NOW + 90 * DAY_MS],
    ],
  );
});

test('what was given, taken back or declined is not given again', () => {
  const emails = rule(step(when('agreed'), [property('schema:email')], { alsoUnasked: true }));
  const of = (change: Partial<Facts>): string[] =>
    releases([emails], { ...FACTS, ...change }).map((it) => it.item);
  assert.deepEqual(of({ given: [given('e1')] }), ['e2']);
  const stopped = given('e1', { state: 'stopped', stoppedAt: NOW - 1 });
  assert.deepEqual(of({ given: [stopped] }), ['e2']);
  // As it is told anew after a backup: nobody knows any more which of them it was.
  assert.deepEqual(of({ given: [{ ...stopped, item: null }] }), []);
  assert.deepEqual(of({ given: [given('e1', { until: NOW - 1 })] }), ['e2'], 'what has run out stays out');
  assert.deepEqual(of({ answered: [answered('e1', 'declined')] }), ['e2']);
});

test('whoever asked once gets one answer, and no other one in its place', () => {
  const emails = rule(step(when('agreed'), [property('schema:email')]));
  const asking = rule(step(when('i-say-so'), [property('schema:email')]));
  const of = (by: ActiveRule, change: Partial<Facts>): (string | undefined)[] => {
    const [decided] = decide([by], STOCK, { ...FACTS, ...change }, NOW);
    const reasons = decided?.notGiven.map((it) => `${it.label} ${it.reason}`) ?? [];
    return [...(decided?.releases.map((it) => it.item) ?? []), ...reasons];
  };
  assert.deepEqual(of(emails, {}), ['e1'], 'the first of two');
  const stopped = given('e1', { state: 'stopped', stoppedAt: NOW - 1 });
  const over = given('e1', { state: 'stopped', until: NOW - 1, stoppedAt: NOW - 1 });
  for (const by of [emails, asking]) {
    assert.deepEqual(of(by, { given: [stopped] }), ['e1 taken-back', 'e2 taken-back']);
    assert.deepEqual(
      of(by, { given: [over] }),
      ['e1 given', 'e2 given'],
      'the end that was asked is the end',
    );
    assert.deepEqual(of(by, { given: [given('e1', { until: NOW - 1 })] }), ['e1 given', 'e2 given']);
    assert.deepEqual(of(by, { answered: [answered('e1', 'declined')] }), ['e1 answered', 'e2 answered']);
  }
  assert.deepEqual(of(asking, { answered: [answered('e1', 'waiting')] }), ['e1 answered', 'e2 answered']);
  assert.deepEqual(of(emails, { answered: [answered('e2', 'waiting')] }), ['e1'], 'it waits for no word');
});

test('a step that gives by itself does not wait for a word, and one that asks does not ask twice', () => {
  const asking = step(when('i-say-so'), [property('own:shoe-size')]);
  const sure = step(when('kept-promises'), [property('own:shoe-size')]);
  const facts = { ...FACTS, answered: [answered('s1', 'waiting')] };
  assert.deepEqual(
    releases([rule(asking)], FACTS).map((it) => it.isAsking),
    [true],
  );
  assert.deepEqual(releases([rule(asking)], facts), []);
  assert.deepEqual(
    releases([rule(asking, sure)], { ...facts, kept: [NOW - 1] }).map((it) => [it.item, it.isAsking]),
    [['s1', false]],
  );
});

test('a new version takes the place of what a rule gave, with its end, and of nothing else', () => {
  const kept = rule(step(when('agreed'), [property('own:shoe-size')], { howOften: 'each-version' }));
  const stock = { ...STOCK, items: [item('s1', 'own:shoe-size', 3)] };
  const before = answered('s1', 'given', 2);
  const until = NOW + DAY_MS;
  const of = (change: Partial<Facts>): (string | number | undefined)[][] =>
    releases([kept], { ...FACTS, ...change }, stock).map((it) => [it.version, it.replaces, it.until]);
  assert.deepEqual(of({ given: [given('s1', { until })], answered: [before] }), [[3, 'g-s1', until]]);
  assert.deepEqual(of({ given: [given('s1', { until })] }), [], 'given by hand, it stays as it was given');
  assert.deepEqual(of({ given: [given('s1', { until: NOW })], answered: [before] }), [], 'it has run out');
  const same = { ...before, version: 3 };
  assert.deepEqual(of({ given: [given('s1')], answered: [same] }), []);
  const stopped = given('s1', { state: 'stopped', stoppedAt: NOW - 1 });
  assert.deepEqual(of({ given: [stopped], answered: [before] }), []);
});

test('a trial says when each would have been given, beside what was', () => {
  const steps = [
    step(when('days-known', 3), [property('schema:email')]),
    step(when('kept-promises', 1), [property('schema:address')]),
  ];
  const facts = { ...FACTS, kept: [NOW - 2], given: [given('a1', { since: NOW - 1 }), given('s1')] };
  const { gives, others } = tryOn(rule(...steps), STOCK, facts, NOW);
  assert.deepEqual(
    gives.map((it) => [it.release.item, it.at, it.really?.since]),
    [
      ['e1', NOW - 7 * DAY_MS, undefined],
      ['a1', NOW - 2, NOW - 1],
    ],
  );
  assert.deepEqual(
    others.map((it) => it.item),
    ['s1'],
  );
  assert.deepEqual(tryOn(rule(...steps), STOCK, facts, NOW - 8 * DAY_MS).gives, []);
});

const named: fc.Arbitrary<Named> = fc.oneof(
  fc.constantFrom(...ITEMS).map((it): Named => ({ kind: 'item', value: it.id })),
  fc.constantFrom(...PROPERTIES).map(property),
  fc.constantFrom('contact', 'address', 'size').map((value): Named => ({ kind: 'category', value })),
);
const anyWhen: fc.Arbitrary<When> = fc.record({
  kind: fc.constantFrom('agreed', 'kept-promises', 'days-known', 'i-say-so'),
  atLeast: fc.integer({ min: 1, max: 4 }),
  of: fc.constantFrom('relationship', 'shop'),
});
const anyStep: fc.Arbitrary<Step> = fc
  .record({
    when: anyWhen,
    gives: fc.array(named, { minLength: 1, maxLength: 4 }),
    alsoUnasked: fc.boolean(),
    untilDays: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    howOften: fc.constantFrom('once' as const, 'each-version' as const),
  })
  .map(({ untilDays, ...rest }) => (untilDays === undefined ? rest : { ...rest, untilDays }));
const anyRules: fc.Arbitrary<ActiveRule[]> = fc
  .array(fc.array(anyStep, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .map((all) => all.map((steps, index) => ({ ...rule(...steps), id: `r${index}` })));
const anyKept = fc
  .array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 })
  .map((days) => days.map((it) => NOW - it * DAY_MS).toSorted((a, b) => a - b));
const anyAsks = fc
  .subarray([...PROPERTIES])
  .chain((asked) =>
    fc
      .array(fc.integer({ min: 1, max: 90 }), { minLength: asked.length, maxLength: asked.length })
      .map((days) => asked.map((it, index) => ask(it, days[index]))),
  );
const anyGiven = fc.subarray(ITEMS).chain((some) =>
  fc
    .array(fc.constantFrom('active', 'over', 'stopped', 'planned'), {
      minLength: some.length,
      maxLength: some.length,
    })
    .map((states) =>
      some.map(({ id }, index) => {
        const state = states[index];
        if (state === 'over') return given(id, { until: NOW - 1 });
        if (state === 'stopped') return given(id, { state, stoppedAt: NOW - 1 });
        return given(id, { state: state === 'planned' ? state : 'active' });
      }),
    ),
);
const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    kept: anyKept,
    keptByShop: anyKept,
    asks: anyAsks,
    given: anyGiven,
    days: fc.integer({ min: 0, max: 30 }),
    isOpen: fc.boolean(),
  })
  .map(({ days, ...rest }) => ({ ...FACTS, ...rest, agreedAt: NOW - days * DAY_MS }));

/** Seeds are fixed, so that what fails once fails again. */
const SEEDS = [1, 2, 3, 4, 5];

for (const seed of SEEDS) {
  test(`whatever the rules: never what is never given, nothing twice, nothing too long, seed ${seed}`, () => {
    fc.assert(
      fc.property(anyRules, fc.array(named, { maxLength: 3 }), anyFacts, (rules, never, facts) => {
        const all = releases(rules, facts, { ...STOCK, never });
        if (!facts.isOpen) assert.deepEqual(all, []);
        const ids = all.map((it) => it.item);
        assert.equal(new Set(ids).size, ids.length, 'nothing twice in one round');
        for (const release of all) {
          const known = ITEMS.find((it) => it.id === release.item);
          assert(known && !names(never, known), 'never means never');
          assert(!facts.given.some((it) => it.item === release.item), 'nothing again');
          assert(release.until === undefined || release.until > NOW, 'nothing that is over');
          const by = rules.find((it) => it.id === release.rule)?.steps[release.why.step - 1];
          assert(by && names(by.gives, known), 'only what the step names');
          const asked = facts.asks.filter((it) => it.property === release.property);
          assert(asked.length > 0 || by.alsoUnasked, 'only what was asked');
          const days = Math.max(...asked.map((it) => it.days));
          if (asked.length > 0)
            assert((release.until ?? Infinity) <= NOW + days * DAY_MS, 'no longer than asked');
        }
        // What was given now is not given once more.
        const then = { ...facts, given: [...facts.given, ...all.map((it) => given(it.item))] };
        const again = releases(rules, then, { ...STOCK, never }).map((it) => it.item);
        assert.deepEqual(
          again.filter((it) => ids.includes(it)),
          [],
        );
      }),
      { seed, numRuns: 400 },
    );
  });

  test(`fewer facts never give more, seed ${seed}`, () => {
    fc.assert(
      fc.property(anyRules, anyFacts, fc.nat(), fc.nat(), fc.nat(5), (rules, facts, a, b, days) => {
        const fewer: Facts = {
          ...facts,
          kept: facts.kept.slice(0, a % (facts.kept.length + 1)),
          keptByShop: facts.keptByShop.slice(0, b % (facts.keptByShop.length + 1)),
          agreedAt: Math.min(NOW, (facts.agreedAt ?? NOW) + days * DAY_MS),
          asks: facts.asks.slice(0, (a + b) % (facts.asks.length + 1)),
        };
        const bySelf = (of: Facts): Set<string> =>
          new Set(
            releases(rules, of)
              .filter((it) => !it.isAsking)
              .map((it) => it.property),
          );
        const more = bySelf(facts);
        for (const it of bySelf(fewer)) assert(more.has(it), `${it} was given for less`);
      }),
      { seed, numRuns: 400 },
    );
  });
}
