import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAll } from '../harness/grants-seen.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';

const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
const DAY = 86_400_000;
const maya = { as: 'maya' };
const shop = { as: 'fanfare' };

interface Preview {
  choices: { cell: { id: string }; isBelow: boolean }[];
}

interface Rows<T> {
  rows: T[];
}

async function shopWithTrumpet(node: TestNode): Promise<void> {
  await node.party('fanfare');
  await node.done('open-storefront', { name: 'Fanfare' }, shop);
  await node.idle();
  await node.done(
    'publish-listing',
    {
      title: 'Student trumpet, overhauled',
      category: 'ae-2-8-3-5-3',
      price: { unit: 'EUR', value: '26500' },
      stock: 1,
      mode: 'firm',
      place: GHENT,
      reach: { level: 'local', km: 40 },
      attributes: { itemCondition: 'used' },
      acceptsTerms: ['SD-BASE'],
      delivery: { how: 'pickup', days: 3 },
      until: node.deps.clock.now() + 60 * DAY,
      demands: {
        asks: [{ property: 'schema:email', purpose: 'to say when it is ready', days: 30, required: true }],
      },
    },
    shop,
  );
  await node.idle();
}

const WANT = {
  kind: 'goods',
  category: 'ae-2-8-3-5-3',
  place: GHENT,
  radiusKm: 30,
  budget: { max: { unit: 'EUR', value: '30000' } },
  window: { until: '2026-12-24' },
  attributes: { itemCondition: 'used' },
  words: 'a used trumpet for a beginner near Ghent, under 300 euro, before Christmas',
};

for (const engine of engines()) {
  test(`from a want to a kept promise, on ${engine}`, async () => {
    const node = await startTestNode({ engine, seed: `story-${engine}` });
    try {
      await shopWithTrumpet(node);
      await node.party('maya');
      const email = await node.done<{ id: string }>(
        'put-item',
        { property: 'schema:email', value: 'maya@example.org' },
        maya,
      );
      const offer = await offerFor(node);
      const ask = {
        item: email.id,
        purpose: 'to say when it is ready',
        until: node.deps.clock.now() + 30 * DAY,
      };
      const early = await node.refused('accept-offer', { offer, disclose: [ask] }, maya);
      assert.equal(early.code, 'recovery-unseen');
      const { code } = await node.done<{ code: string }>('show-recovery-code', {}, maya);
      await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
      const missing = await node.refused('accept-offer', { offer }, maya);
      assert.equal(missing.code, 'ask-missing');
      const long = { ...ask, until: ask.until + 1 };
      const tooLong = await node.refused('accept-offer', { offer, disclose: [long] }, maya);
      assert.equal(tooLong.code, 'until-too-late');
      const { until: asked, ...noDay } = ask;
      const { relationship } = await node.done<{ relationship: string }>(
        'accept-offer',
        { offer, disclose: [noDay] },
        maya,
      );
      const planned = await node.done<Rows<{ until: number; isEndless: boolean }>>(
        'list-grants',
        { relationship },
        maya,
      );
      assert.deepEqual(
        planned.rows.map((grant) => [grant.until, grant.isEndless]),
        [[asked, false]],
        'no day given: it ends with the ask',
      );
      const named = (ids: string[]) => node.done<Rows<{ id: string }>>('list-relationships', { ids }, maya);
      assert.deepEqual(
        (await named([relationship, 'nothing'])).rows.map((row) => row.id),
        [relationship],
      );
      assert.deepEqual((await named([])).rows, []);
      await node.idle();
      await bothHold(node, relationship);
      await talkAndKeep(node, relationship);
      await endIt(node, relationship);
    } finally {
      await node.close();
    }
  });
}

/** What the shop answers to her want. */
async function offerFor(node: TestNode): Promise<string> {
  await node.idle();
  await node.call('preview-cast', { fields: WANT }, maya);
  await node.idle();
  const preview = await node.done<Preview>('preview-cast', { fields: WANT }, maya);
  const choice = preview.choices.at(-1)?.cell.id;
  const cast = { fields: WANT, choice, ifBelow: 'hold' };
  const want = await node.done<{ id: string; state: string }>('cast-intent', cast, maya);
  await node.idle();
  const asked = { intent: want.id };
  const offers = await node.done<Rows<{ id: string; fits: boolean }>>('list-offers', asked, maya);
  assert.equal(offers.rows.length, 1);
  return offers.rows[0]?.id ?? '';
}

for (const engine of engines()) {
  test(`what a device was to give is owed until it was given for that purpose, on ${engine}`, async () => {
    const node = await startTestNode({ engine, seed: `owed-${engine}`, rehearse: false });
    try {
      await shopWithTrumpet(node);
      await node.party('maya');
      const mail = { property: 'schema:email', value: 'maya@example.org' };
      const { id: item } = await node.done<{ id: string }>('put-item', mail, maya);
      const offer = await offerFor(node);
      const { code } = await node.done<{ code: string }>('show-recovery-code', {}, maya);
      await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
      const purpose = 'to say when it is ready';
      const fromDevice = [{ property: 'schema:email', purpose }];
      const accepted = { offer, fromDevice };
      const { relationship } = await node.done<{ relationship: string }>('accept-offer', accepted, maya);
      type Owed = { relationship: string; label: string; purpose: string };
      const owed = async (): Promise<string[][]> =>
        (await node.done<Rows<Owed>>('list-owed', {}, maya)).rows.map((it) => [
          it.relationship,
          it.label,
          it.purpose,
        ]);
      assert.deepEqual(await owed(), [], 'nobody waits before both have signed');
      await node.idle();
      assert.deepEqual(await owed(), [[relationship, 'E-mail', purpose]]);
      await node.done('share-items', { relationship, items: [{ item, purpose: 'for fun' }] }, maya);
      assert.equal((await owed()).length, 1, 'it went for something else');
      await node.done('share-items', { relationship, items: [{ item, purpose }] }, maya);
      assert.deepEqual(await owed(), []);
      assert.deepEqual(await node.done('list-owed', {}, shop), { rows: [] });
    } finally {
      await node.close();
    }
  });
}

/** Both sides keep the same agreement with both signatures, and the seller has what was given. */
async function bothHold(node: TestNode, relationship: string): Promise<void> {
  const mine = await node.done<{ state: string; timeline: unknown[] }>(
    'get-relationship',
    { relationship },
    maya,
  );
  assert.equal(mine.state, 'active');
  const agreement = await node.done<{ id: string; signatures: object }>(
    'get-agreement',
    { relationship },
    maya,
  );
  assert.deepEqual(agreement.signatures, { buyer: true, seller: true });
  assert.deepEqual(await node.done('get-agreement', { relationship }, shop), agreement);
  const given = await node.done<Rows<object>>('list-grants', { relationship }, shop);
  assert.doesNotMatch(JSON.stringify(given), /maya@/, 'nothing is opened by looking');
  assert.deepEqual(await openAll(node, relationship, shop), ['maya@example.org']);
  await node.idle();
  await bothCanShowIt(node, relationship);
}

/** The consent that stands in both books is one, but for who is named in it, and has no value in it. */
async function bothCanShowIt(node: TestNode, relationship: string): Promise<void> {
  const records: Record<string, unknown>[] = [];
  for (const by of [maya, shop]) {
    const { rows } = await node.done<Rows<{ id: string }>>('list-grants', { relationship }, by);
    const record = await node.done<Record<string, unknown>>('get-consent-record', { grant: rows[0]?.id }, by);
    assert.doesNotMatch(JSON.stringify(record), /maya@example/);
    const { 'dpv:hasDataController': controller, ...same } = record;
    assert.ok(controller);
    records.push(same);
  }
  assert.deepEqual(records[0], records[1]);
}

async function talkAndKeep(node: TestNode, relationship: string): Promise<void> {
  await node.done('send-message', { relationship, text: 'When can I fetch it?' }, maya);
  await node.done('send-message', { relationship, text: 'On Tuesday.', signedAs: 'Jan' }, shop);
  await node.idle();
  const thread = await node.done<Rows<{ text: string; state: string }>>(
    'list-messages',
    { relationship },
    maya,
  );
  assert.deepEqual(
    thread.rows.map((m) => [m.text, m.state]),
    [
      ['When can I fetch it?', 'acted'],
      ['On Tuesday.', 'received'],
    ],
  );
  const [theirs, mine] = [`${relationship}:0`, `${relationship}:1`];
  assert.equal(
    (await node.refused('write-review', { relationship, outcome: 'kept', text: 'x' }, maya)).code,
    'review-too-early',
  );
  assert.equal(
    (await node.refused('fulfil-commitment', { commitment: theirs }, maya)).code,
    'commitment-not-yours',
  );
  await node.done('fulfil-commitment', { commitment: theirs, note: 'It is ready.' }, shop);
  await node.done('fulfil-commitment', { commitment: mine }, maya);
  await node.idle();
  await node.done('confirm-commitment', { commitment: theirs, outcome: 'late' }, maya);
  await node.done('confirm-commitment', { commitment: mine }, shop);
  await node.idle();
  for (const side of [maya, shop]) {
    const list = await node.done<Rows<{ state: string; outcome: string }>>(
      'list-commitments',
      { relationship },
      side,
    );
    assert.deepEqual(
      list.rows.map((c) => [c.state, c.outcome]),
      [
        ['confirmed', 'late'],
        ['confirmed', 'kept'],
      ],
    );
  }
  await node.done(
    'write-review',
    { relationship, outcome: 'late', text: 'A good trumpet, a week late.' },
    maya,
  );
  assert.equal(
    (await node.refused('write-review', { relationship, outcome: 'kept', text: 'x' }, maya)).code,
    'review-exists',
  );
  await node.idle();
  assert.equal((await node.done<Rows<unknown>>('list-reviews', { relationship }, shop)).rows.length, 1);
}

async function endIt(node: TestNode, relationship: string): Promise<void> {
  await node.done('pause-relationship', { relationship }, maya);
  await node.idle();
  assert.equal(
    (await node.refused('send-message', { relationship, text: 'Hello?' }, shop)).code,
    'relationship-state',
  );
  assert.equal(
    (await node.refused('resume-relationship', { relationship }, shop)).code,
    'relationship-paused-by-other',
  );
  await node.done('resume-relationship', { relationship }, maya);
  await node.done('end-relationship', { relationship, why: 'Done.' }, maya);
  await node.idle();
  for (const side of [maya, shop]) {
    const grants = await node.done<Rows<{ state: string; value?: string }>>(
      'list-grants',
      { relationship },
      side,
    );
    assert.deepEqual(
      grants.rows.map((g) => [g.state, g.value]),
      [['stopped', undefined]],
    );
  }
  const undelivered = await node.done<Rows<unknown>>('list-deliveries', { state: 'refused' }, maya);
  assert.deepEqual(undelivered.rows, []);
}
