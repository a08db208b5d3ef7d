import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY, dayAfter, GHENT } from './goods.ts';

const REPAIR = 'sv-bicycle-repair';
const lena = { as: 'lena' };
const wheels = { as: 'wheels' };
const TWO_HOURS = { unit: 'hours', value: '120' };

interface Rows<T> {
  readonly rows: T[];
}

interface Draft {
  readonly kind: string;
  readonly category: string;
  readonly give: object;
}

interface Seen {
  readonly id: string;
  readonly title: string;
  readonly fits: boolean;
  readonly total: object;
  readonly misfits: string[];
}

/** A bicycle repaired in Ghent for 45 euro, or for what it takes instead. */
function repair(node: TestNode, title: string, change: object): object {
  return {
    title,
    category: REPAIR,
    price: { unit: 'EUR', value: '4500' },
    stock: 5,
    mode: 'first-come',
    place: GHENT,
    reach: { level: 'local', km: 20 },
    acceptsTerms: ['SD-BASE'],
    delivery: { how: 'at-yours', days: 2 },
    until: node.deps.clock.now() + 30 * DAY,
    ...change,
  };
}

async function openWorkshops(node: TestNode): Promise<void> {
  await node.party('wheels');
  await node.done('open-storefront', { name: 'Wheels' }, wheels);
  const lessons = { ...TWO_HOURS, what: 'German lessons' };
  const listings = [
    repair(node, 'Repair for lessons', { takes: [lessons] }),
    repair(node, 'Repair for much gardening', {
      takes: [{ unit: 'hours', value: '180', what: 'gardening' }],
    }),
    repair(node, 'Repair for lessons and a fee', {
      takes: [lessons],
      fees: [{ label: 'Parts', payer: 'buyer', to: 'the seller', amount: { unit: 'EUR', value: '500' } }],
    }),
  ];
  for (const listing of listings) await node.done('publish-listing', listing, wheels);
  await node.idle();
}

/** Somebody to repair a bicycle this week, for two hours of German lessons. */
function wanted(
  node: TestNode,
  give: object = { ...TWO_HOURS, what: 'two hours of German lessons' },
): object {
  return {
    kind: 'service',
    category: REPAIR,
    place: GHENT,
    radiusKm: 10,
    give,
    window: { until: dayAfter(node.deps.clock.now(), 7) },
    words: 'someone to repair a bicycle this week, I can give two hours of German lessons',
  };
}

async function cast(node: TestNode, fields: object): Promise<string> {
  await node.done('preview-cast', { fields }, lena);
  await node.idle();
  const { choices } = await node.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields },
    lena,
  );
  const choice = choices.at(-1)?.cell.id;
  const want = await node.done<{ id: string; happened: string }>('cast-intent', { fields, choice }, lena);
  assert.equal(want.happened, 'cast');
  await node.idle();
  return want.id;
}

for (const engine of engines()) {
  test(`a bicycle is repaired for two hours of German lessons, on ${engine}`, async () => {
    const node = await startTestNode({ engine, seed: `barter-${engine}` });
    try {
      await openWorkshops(node);
      await node.party('lena');
      const { code } = await node.done<{ code: string }>('show-recovery-code', {}, lena);
      await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, lena);
      const money = { unit: 'EUR', value: '4500', what: 'money' };
      const asMoney = await node.refused('cast-intent', { fields: wanted(node, money) }, lena);
      assert.equal(asMoney.code, 'give-is-money');
      const { words: sentence } = wanted(node) as { words: string }; // it has them
      const draft = await node.done<{ fields: Draft }>('draft-intent', { sentence }, lena);
      assert.deepEqual([draft.fields.kind, draft.fields.category], ['service', REPAIR]);
      assert.deepEqual(draft.fields.give, { ...TWO_HOURS, what: 'German lessons' });
      const intent = await cast(node, wanted(node));
      const seen = await node.done<Rows<{ cell: { budget: object } }>>('list-intents', {}, lena);
      assert.doesNotMatch(
        JSON.stringify(seen.rows[0]?.cell),
        /german|lesson/i,
        'what is taught stays at home',
      );
      const offer = await theOneThatFits(node, intent);
      const { relationship } = await node.done<{ relationship: string }>('accept-offer', { offer }, lena);
      await node.idle();
      await keepBoth(node, relationship);
    } finally {
      await node.close();
    }
  });
}

/** Hours of something else, and hours with money on top, are shown only on request, with why they do not fit. */
async function theOneThatFits(node: TestNode, intent: string): Promise<string> {
  const { rows } = await node.done<Rows<Seen>>('list-offers', { intent }, lena);
  assert.deepEqual(
    rows.map((it) => [it.title, it.total]),
    [['Repair for lessons', TWO_HOURS]],
  );
  const all = await node.done<Rows<Seen>>('list-offers', { intent, showFiltered: true }, lena);
  assert.deepEqual(Object.fromEntries(all.rows.map((it) => [it.title, it.misfits.length])), {
    'Repair for lessons': 0,
    'Repair for much gardening': 1,
    'Repair for lessons and a fee': 1,
  });
  const why = (title: string): string => all.rows.find((it) => it.title === title)?.misfits.join(' ') ?? '';
  assert.match(why('Repair for much gardening'), /They ask €45, or 3 hours of gardening/);
  assert.match(why('Repair for lessons and a fee'), /or 2 hours of German lessons and €5 of fees/);
  return rows[0]?.id ?? '';
}

/** The promises are in hours and in work, and both say how the other kept theirs. */
async function keepBoth(node: TestNode, relationship: string): Promise<void> {
  const promises = (
    who: object,
  ): Promise<Rows<{ isMine: boolean; what: string; amount: object; outcome?: string }>> =>
    node.done('list-commitments', { relationship }, who as { as: string }); // one of the two above
  const mine = await promises(lena);
  assert.deepEqual(
    mine.rows.map((it) => [it.isMine, it.what, it.amount]),
    [
      [false, 'Repair for lessons', { unit: 'goods', value: '1' }],
      [true, 'two hours of German lessons', TWO_HOURS],
    ],
  );
  const agreement = await node.done('get-agreement', { relationship }, wheels);
  assert.doesNotMatch(JSON.stringify(agreement), /EUR/, 'nobody owes money');
  for (const [at, doer, other] of [
    [0, wheels, lena],
    [1, lena, wheels],
  ] as const) {
    await node.done('fulfil-commitment', { commitment: `${relationship}:${at}` }, doer);
    await node.idle();
    await node.done('confirm-commitment', { commitment: `${relationship}:${at}` }, other);
    await node.idle();
  }
  for (const who of [lena, wheels]) {
    assert.deepEqual(
      (await promises(who)).rows.map((it) => it.outcome),
      ['kept', 'kept'],
    );
  }
  await node.done('write-review', { relationship, outcome: 'kept', text: 'Danke!' }, wheels);
  await node.idle();
  assert.equal((await node.done<Rows<unknown>>('list-reviews', { relationship }, lena)).rows.length, 1);
  const listing = (
    await node.done<Rows<{ title: string; stock: number; taken: number }>>('list-listings', {}, wheels)
  ).rows;
  const done = listing.find((it) => it.title === 'Repair for lessons');
  assert.deepEqual([done?.stock, done?.taken], [4, 1]);
}
