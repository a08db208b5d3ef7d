import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { settlers } from '../../src/agreements/index.ts';
import { isAgreedIn } from '../../src/proffers/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY, trumpet, trumpetWanted } from './goods.ts';

interface Rows<T> {
  readonly rows: T[];
}

interface Offer {
  readonly id: string;
  readonly title: string;
  readonly standing: object;
}

interface Agreement {
  readonly terms: string;
  readonly gives: { property: string; purpose: string; until: number }[];
}

interface Detail {
  readonly keeping: { terms: string; clause: string; fields: object[] };
}

interface Proffer {
  readonly id: string;
  readonly recordId: string;
  readonly agreed?: string;
}

type By = { readonly as: string };
const bo = { as: 'bo' };
const EMAIL = 'to say when it is ready';
const ASKS = [
  { property: 'schema:email', purpose: EMAIL, days: 30, required: true },
  { property: 'schema:telephone', purpose: 'to ring', days: 30, required: false },
];

for (const engine of engines()) {
  describe(`what the screen promises is kept on ${engine}`, () => {
    let node: TestNode;
    let shop: By;
    let shopHome: string;
    let opened = 0;
    before(async () => {
      node = await startTestNode({ engine, seed: `promises-${engine}` });
      await node.party('bo');
      const { code } = await node.done<{ code: string }>('show-recovery-code', {}, bo);
      await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, bo);
    });
    after(() => node.close());
    beforeEach(async () => {
      shop = { as: `shop${opened++}` };
      shopHome = await node.party(shop.as);
      await node.done('open-storefront', { name: 'Shop' }, shop);
      await node.idle();
    });

    const list = async (title: string, change: object = {}): Promise<string> => {
      const listing = trumpet(node.deps.clock.now(), { title, mode: 'first-come', ...change });
      const { id } = await node.done<{ id: string }>('publish-listing', listing, shop);
      await node.idle();
      return id;
    };
    const offerOf = async (title: string, change: object = {}): Promise<Offer> => {
      const fields = trumpetWanted(node.deps.clock.now(), { words: `${title} ${opened}`, ...change });
      await node.done('preview-cast', { fields }, bo);
      await node.idle();
      const preview = await node.done<{ choices: { cell: { id: string } }[] }>(
        'preview-cast',
        { fields },
        bo,
      );
      const choice = preview.choices.at(-1)?.cell.id;
      const { id } = await node.done<{ id: string }>('cast-intent', { fields, choice }, bo);
      await node.idle();
      const { rows } = await node.done<Rows<Offer>>('list-offers', { intent: id, showFiltered: true }, bo);
      const found = rows.find((it) => it.title === title);
      assert(found, `no offer of ${title}`);
      return found;
    };
    const accept = async (offer: string, more: object = {}): Promise<string> => {
      const { relationship } = await node.done<{ relationship: string }>(
        'accept-offer',
        { offer, ...more },
        bo,
      );
      await node.idle();
      const { state } = await node.done<{ state: string }>('get-relationship', { relationship }, bo);
      assert.equal(state, 'active');
      return relationship;
    };
    const item = async (property: string, value: string): Promise<string> =>
      (await node.done<{ id: string }>('put-item', { property, value }, bo)).id;

    test('terms that both agreed about an offer are those of its agreement, and of no other', async () => {
      for (const title of ['Negotiated', 'Not negotiated'])
        await list(title, { acceptsTerms: ['SD-BASE-A'] });
      const want = { requiredTerms: ['SD-BASE-A'] };
      const offer = await offerOf('Negotiated', want);
      const before = await node.done<{ terms: string; conflicts: string[] }>(
        'preview-accept',
        { offer: offer.id },
        bo,
      );
      assert.deepEqual([before.terms, before.conflicts.length > 0], ['SD-BASE-A', true]);
      const made = await node.done<Proffer>('proffer-terms', { to: offer.id, ids: ['SD-BASE'] }, bo);
      await node.idle();
      const yes = await node.done<Proffer>('answer-terms', { id: made.id, answer: 'accept' }, shop);
      await node.idle();
      const now = await node.done<{ terms: string; conflicts: string[] }>(
        'preview-accept',
        { offer: offer.id },
        bo,
      );
      assert.deepEqual([now.terms, now.conflicts], ['SD-BASE', []]);
      const other = await offerOf('Not negotiated', want);
      const theirs = await node.done<{ terms: string }>('preview-accept', { offer: other.id }, bo);
      assert.equal(theirs.terms, 'SD-BASE-A');
      const relationship = await accept(offer.id);
      for (const side of [bo, shop]) {
        const agreement = await node.done<Agreement & { agreedIn?: string }>(
          'get-agreement',
          { relationship },
          side,
        );
        assert.deepEqual([agreement.terms, agreement.agreedIn], ['SD-BASE', yes.recordId]);
      }
      const { rows } = await node.done<Rows<{ id: string }>>('list-storefronts', {}, shop);
      const listings = await node.done<Rows<{ id: string; title: string }>>('list-listings', {}, shop);
      const idOf = (title: string): string => listings.rows.find((it) => it.title === title)?.id ?? '';
      const cited = {
        record: yes.recordId,
        terms: 'SD-BASE',
        offer: idOf('Negotiated'),
        storefront: rows[0]?.id ?? '',
      };
      const admits = (change: object): Promise<boolean> =>
        node.deps.storage.read((view) => isAgreedIn(view, shopHome, { ...cited, ...change }));
      assert.equal(await admits({}), true);
      assert.equal(await admits({ offer: idOf('Not negotiated') }), false);
      assert.equal(await admits({ terms: 'SD-BASE-DP' }), false);
      assert.equal(await admits({ record: 'another' }), false);
    });

    test('an agreement gives what was chosen, for what and no longer than was asked', async () => {
      await list('Asking', { demands: { asks: ASKS } });
      const offer = (await offerOf('Asking')).id;
      const email = await item('schema:email', 'bo@example.org');
      const size = await item('schema:size', '42');
      const now = node.deps.clock.now();
      const refused = async (given: object, more: object = {}): Promise<string> => {
        const disclose = [{ item: email, purpose: EMAIL, ...given }];
        return (await node.refused('accept-offer', { offer, disclose, ...more }, bo)).code;
      };
      assert.equal(await refused({ until: 1000 }), 'date-past');
      assert.equal(await refused({ until: now + 31 * DAY }), 'until-too-late');
      assert.equal(await refused({ until: now + 60_000 }), 'date-too-near');
      assert.equal(await refused({ purpose: 'x' }), 'purpose-differs');
      assert.equal(await refused({}, { reviewDay: '2001-01-01' }), 'date-past');
      const both = [
        { item: email, purpose: EMAIL },
        { item: size, purpose: EMAIL },
      ];
      assert.equal((await node.refused('accept-offer', { offer, disclose: both }, bo)).code, 'field-unasked');
      const until = now + 20 * DAY;
      const disclose = [{ item: email, purpose: EMAIL, until }];
      const gives = [{ property: 'schema:email', purpose: EMAIL, until }];
      const preview = await node.done<Agreement>('preview-accept', { offer, disclose }, bo);
      assert.deepEqual(preview.gives, gives);
      const relationship = await accept(offer, { disclose });
      for (const side of [bo, shop]) {
        const agreement = await node.done<Agreement>('get-agreement', { relationship }, side);
        assert.deepEqual(agreement.gives, gives);
        const grants = await node.done<Rows<{ purpose: string; until: number }>>(
          'list-grants',
          { relationship },
          side,
        );
        assert.deepEqual(
          grants.rows.map((it) => [it.purpose, it.until]),
          [[EMAIL, until]],
        );
      }
      const past = { relationship, text: 'Soon', reviewDay: '1999-12-31' };
      assert.equal((await node.refused('write-expectations', past, bo)).code, 'date-past');
      const share = { relationship, items: [{ item: size, purpose: 'x', until: 1000 }] };
      assert.equal((await node.refused('share-items', share, bo)).code, 'date-past');
      await node.done('end-relationship', { relationship }, shop);
      await node.idle();
      for (const side of [bo, shop]) {
        const { keeping } = await node.done<Detail>('get-relationship', { relationship }, side);
        assert.equal(keeping.terms, 'SD-BASE');
        assert.match(keeping.clause, /no longer than that takes or the law demands/);
        assert.deepEqual(keeping.fields, [{ property: 'schema:email', isMine: side === bo }]);
      }
    });

    test('what was taken for an agreement that its buyer refused can be had again', async () => {
      await list('Refused');
      const relationship = await accept((await offerOf('Refused')).id);
      const { id } = await node.done<{ id: string }>('get-agreement', { relationship }, shop);
      const stock = async (): Promise<number[]> => {
        const { rows } = await node.done<Rows<{ stock: number; taken: number }>>('list-listings', {}, shop);
        return rows.flatMap((it) => [it.stock, it.taken]);
      };
      assert.deepEqual(await stock(), [0, 1]);
      const settle = settlers.get('agreement-signed');
      assert(settle);
      for (const _ of [1, 2]) {
        await node.deps.storage.transact(shopHome, (tx) => settle(tx, node.deps, id, 'record-malformed'));
      }
      assert.deepEqual(await stock(), [1, 0]);
      const { state } = await node.done<{ state: string }>('get-relationship', { relationship }, shop);
      assert.equal(state, 'refused');
    });

    test('nobody escapes a bad word by pausing or ending, and what was broken can be repaired once', async () => {
      await list('Ended');
      const relationship = await accept((await offerOf('Ended')).id);
      const commitment = `${relationship}:0`;
      await node.done('pause-relationship', { relationship }, shop);
      await node.idle();
      assert.equal(
        (await node.refused('send-message', { relationship, text: 'x' }, bo)).code,
        'relationship-state',
      );
      await node.done('confirm-commitment', { commitment, outcome: 'broken' }, bo);
      await node.idle();
      await node.done('end-relationship', { relationship }, shop);
      await node.idle();
      assert.equal(
        (await node.refused('send-message', { relationship, text: 'x' }, bo)).code,
        'relationship-state',
      );
      const again = { commitment, outcome: 'kept' };
      assert.equal((await node.refused('confirm-commitment', again, bo)).code, 'commitment-state');
      const lie = { relationship, outcome: 'kept', text: 'Well.' };
      assert.equal((await node.refused('write-review', lie, bo)).code, 'review-differs');
      await node.done('write-review', { relationship, text: 'It never came.' }, bo);
      await node.idle();
      const standing = async (): Promise<object> => {
        await list(`Standing ${opened++}`);
        return (await offerOf(`Standing ${opened - 1}`)).standing;
      };
      assert.deepEqual(await standing(), {
        kept: 0,
        late: 0,
        broken: 1,
        repaired: 0,
        records: 1,
        claimed: 1,
      });
      await node.done('confirm-commitment', { commitment, outcome: 'repaired' }, bo);
      await node.idle();
      const twice = await node.refused('confirm-commitment', { commitment, outcome: 'repaired' }, bo);
      assert.equal(twice.code, 'commitment-state');
      for (const side of [bo, shop]) {
        const { rows } = await node.done<Rows<{ outcome?: string }>>(
          'list-commitments',
          { relationship },
          side,
        );
        assert.equal(rows[0]?.outcome, 'repaired');
        const reviews = await node.done<Rows<{ outcome: string; text: string }>>(
          'list-reviews',
          { relationship },
          side,
        );
        assert.deepEqual(
          reviews.rows.map((it) => [it.outcome, it.text]),
          [['broken', 'It never came.']],
        );
      }
      assert.deepEqual(await standing(), {
        kept: 0,
        late: 0,
        broken: 0,
        repaired: 1,
        records: 1,
        claimed: 1,
      });
    });
  });
}
