import assert from 'node:assert/strict';
import { DAY, GHENT, TRUMPETS, trumpet } from './goods.ts';
import type { Side } from './sides.ts';

/** The two of the story, each at a door of their own. */
interface Sides {
  readonly maya: Side;
  readonly shop: Side;
}

interface Rows<T> {
  readonly rows: T[];
}

interface Draft {
  readonly category: string;
  readonly place: { readonly id: string; readonly country: string };
  readonly budget: object;
  readonly attributes: object;
}

interface SeenOffer {
  readonly id: string;
  readonly how: string;
  readonly fits: boolean;
  readonly vendor: { readonly name: string };
}

export const PASSPHRASE = 'correct horse battery';
const ARCHIVE = 'another horse, another battery';
const PURPOSE = 'to say when it is ready';

/** Fanfare opens its storefront: one trumpet that answers by itself, and trumpets it is asked about. */
export async function openShop({ shop }: Sides): Promise<void> {
  const now = Date.now();
  await shop.done('open-storefront', { name: 'Fanfare' });
  const asks = [{ property: 'schema:email', purpose: PURPOSE, days: 30, required: true }];
  await shop.done('publish-listing', trumpet(now, { demands: { asks } }));
  await shop.done('publish-listing', trumpet(now, { title: 'Trumpets, ask us', mode: 'by-hand' }));
  await shop.until<{ counts: { listings: number } }>('show-market', {}, (it) => it.counts.listings === 2);
}

/** Her sentence, as it was read: what the story has as fields, but for the day, which she leaves open. */
async function draftIt(maya: Side): Promise<object> {
  const sentence = 'a used trumpet for a beginner near Ghent, under 300 euro';
  const draft = await maya.done<{ fields: Draft; questions: object[] }>('draft-intent', { sentence });
  assert.deepEqual(draft.questions, [], 'nothing is left to ask');
  const { category, place, budget, attributes } = draft.fields;
  const { id: ghent, country } = GHENT;
  assert.deepEqual(
    { category, place: { id: place.id, country: place.country }, budget, attributes },
    {
      category: TRUMPETS,
      place: { id: ghent, country },
      budget: { max: { unit: 'EUR', value: '30000' } },
      attributes: { itemCondition: 'used' },
    },
  );
  return { ...draft.fields, radiusKm: 30 };
}

/** Maya sees what the market would see, casts, and gets one offer by itself and one by hand. Answers the first. */
export async function wantIt({ maya, shop }: Sides): Promise<{ offer: string; item: string }> {
  const { id: item } = await maya.done<{ id: string }>('put-item', {
    property: 'schema:email',
    value: 'maya@example.org',
  });
  const fields = await draftIt(maya);
  const preview = await maya.until<{ epoch: string; choices: { cell: { id: string }; lines: object[] }[] }>(
    'preview-cast',
    { fields },
    (it) => it.epoch !== '',
  );
  const choice = preview.choices.at(-1);
  assert(choice && choice.lines.length > 0);
  const want = await maya.done<{ id: string; happened: string }>('cast-intent', {
    fields,
    choice: choice.cell.id,
    ifBelow: 'hold',
  });
  assert.equal(want.happened, 'cast');
  const seen = await shop.until<Rows<{ alias: string }>>('list-casts', {}, (it) => it.rows.length === 1);
  assert.doesNotMatch(JSON.stringify(seen), /maya|beginner|30000|2797656/i);
  const { alias } = seen.rows[0] ?? {};
  await shop.done('answer-intent', {
    alias,
    title: 'A cornet that plays like one',
    price: { unit: 'EUR', value: '19000' },
    until: Date.now() + 5 * DAY,
    delivery: { how: 'pickup' },
  });
  const { rows } = await maya.until<Rows<SeenOffer>>(
    'list-offers',
    { intent: want.id, showFiltered: true },
    (it) => it.rows.length === 2,
  );
  assert.deepEqual(rows.map((it) => it.how).sort(), ['by-hand', 'firm']);
  assert.deepEqual([...new Set(rows.map((it) => it.vendor.name))], ['Fanfare']);
  const firm = rows.find((it) => it.how === 'firm');
  assert(firm?.fits);
  return { offer: firm.id, item };
}

/** Maya writes down her recovery code, agrees, and gives exactly the field that was asked for. The relationship. */
export async function agree({ maya, shop }: Sides, offer: string, item: string): Promise<string> {
  const disclose = [{ item, purpose: PURPOSE, until: Date.now() + 30 * DAY }];
  assert.equal(await maya.refused('accept-offer', { offer, disclose }), 'recovery-unseen');
  const { code } = await maya.done<{ code: string }>('show-recovery-code');
  await maya.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) });
  assert.equal(await maya.refused('accept-offer', { offer }), 'ask-missing');
  const preview = await maya.done<{ asks: { items: { item: string; value: string }[] }[] }>(
    'preview-accept',
    {
      offer,
    },
  );
  assert.deepEqual(
    preview.asks.map((ask) => ask.items.map((it) => [it.item, it.value])),
    [[[item, 'maya@example.org']]],
  );
  const { relationship } = await maya.done<{ relationship: string }>('accept-offer', { offer, disclose });
  await maya.until<{ state: string }>('get-relationship', { relationship }, (it) => it.state === 'active');
  assert.equal(await maya.refused('accept-offer', { offer, disclose }), 'offer-taken');
  const mine = await maya.done<{ signatures: object }>('get-agreement', { relationship });
  assert.deepEqual(mine.signatures, { buyer: true, seller: true });
  assert.deepEqual(await shop.done('get-agreement', { relationship }), mine);
  const given = await shop.until<Rows<{ id: string }>>(
    'list-grants',
    { relationship },
    (it) => it.rows.length === 1,
  );
  const opened = await shop.done<{ value: string }>('open-grant', { grant: given.rows[0]?.id });
  assert.equal(opened.value, 'maya@example.org');
  assert.doesNotMatch(JSON.stringify(await shop.done('list-relationships')), /maya/i);
  return relationship;
}

/** They talk, keep their promises, one of them late, and Maya writes how it went. */
export async function keepPromises({ maya, shop }: Sides, relationship: string): Promise<void> {
  const heard = (side: Side, count: number): Promise<Rows<{ text: string }>> =>
    side.until('list-messages', { relationship }, (it: Rows<{ text: string }>) => it.rows.length === count);
  await maya.done('send-message', { relationship, text: 'When can I fetch it?' });
  await heard(shop, 1);
  await shop.done('send-message', { relationship, text: 'On Tuesday. 🎺', signedAs: 'Jan' });
  assert.equal((await heard(maya, 2)).rows[1]?.text, 'On Tuesday. 🎺');
  const [theirs, mine] = [`${relationship}:0`, `${relationship}:1`];
  assert.equal(
    await maya.refused('write-review', { relationship, outcome: 'kept', text: 'x' }),
    'review-too-early',
  );
  await shop.done('fulfil-commitment', { commitment: theirs, note: 'It is ready.' });
  await maya.done('fulfil-commitment', { commitment: mine });
  const isDone = (it: Rows<{ state: string }>): boolean => it.rows.every((row) => row.state === 'done');
  for (const side of [maya, shop]) await side.until('list-commitments', { relationship }, isDone);
  await maya.done('confirm-commitment', { commitment: theirs, outcome: 'late' });
  await shop.done('confirm-commitment', { commitment: mine });
  const outcomes = (it: Rows<{ outcome?: string }>): boolean =>
    it.rows.map((row) => row.outcome).join() === 'late,kept';
  for (const side of [maya, shop]) await side.until('list-commitments', { relationship }, outcomes);
  await maya.done('write-review', { relationship, outcome: 'late', text: 'A good trumpet, a week late.' });
  await shop.until<Rows<unknown>>('list-reviews', { relationship }, (it) => it.rows.length === 1);
}

/** Maya ends it: what was shared is erased on both sides, and what was agreed stays. */
export async function endIt({ maya, shop }: Sides, relationship: string): Promise<void> {
  await maya.done('end-relationship', { relationship, why: 'Done.' });
  const hasEnded = (it: { state: string }): boolean => it.state === 'ended';
  await shop.until('get-relationship', { relationship }, hasEnded);
  for (const side of [maya, shop]) {
    const grants = await side.done<Rows<{ state: string; value?: string }>>('list-grants', { relationship });
    assert.deepEqual(
      grants.rows.map((it) => [it.state, it.value]),
      [['stopped', undefined]],
    );
    assert.deepEqual((await side.done<Rows<unknown>>('list-deliveries', { state: 'refused' })).rows, []);
  }
  assert.equal(await shop.refused('send-message', { relationship, text: 'Hello?' }), 'relationship-state');
}

interface Report {
  readonly ok: boolean;
  readonly counts: Record<string, number>;
  readonly hashes: Record<string, string>;
  readonly problems: readonly unknown[];
}

/** What a party can look at, the same wherever it lives. */
const VIEWS = ['list-items', 'list-intents', 'list-relationships', 'show-sharing'];

/** Takes a party to a second node, of which `there` is a door: an archive that holds, and the same counts and hashes. */
export async function moveAway(here: Side, there: Side, archive: string): Promise<Report> {
  await here.save('export-party', { passphrase: ARCHIVE }, archive);
  const report = await here.done<Report>('verify-export', { passphrase: ARCHIVE }, archive);
  assert.deepEqual([report.ok, report.problems], [true, []]);
  const imported = await there.done<Report>('import-party', { passphrase: ARCHIVE }, archive);
  assert.deepEqual([imported.ok, imported.counts, imported.hashes], [true, report.counts, report.hashes]);
  return report;
}

/** The copy shows what the original shows, exports the same, and signs nothing. */
export async function compareCopy(here: Side, there: Side, report: Report, archive: string): Promise<void> {
  for (const view of VIEWS) assert.deepEqual(await there.done(view), await here.done(view), view);
  await there.save('export-party', { passphrase: ARCHIVE }, archive);
  const again = await there.done<Report>('verify-export', { passphrase: ARCHIVE }, archive);
  assert.deepEqual([again.ok, again.counts, again.hashes], [true, report.counts, report.hashes]);
  assert.equal(
    await there.refused('verify-export', { passphrase: `${ARCHIVE}.` }, archive),
    'archive-locked',
  );
  assert.equal(await there.refused('open-storefront', { name: 'Once more' }), 'party-paused');
}
