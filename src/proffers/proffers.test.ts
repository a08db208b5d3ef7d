import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { tables } from '../storage/index.ts';
import type { Proffer } from './model.ts';

const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
const DAY_MS = 86_400_000;
const maya = { as: 'maya' };
const shop = { as: 'fanfare' };
type Somebody = typeof maya;

interface Rows<T> {
  rows: T[];
}
interface Kept {
  id: string;
  payload: Uint8Array;
}

async function openShop(node: TestNode): Promise<void> {
  await node.party('fanfare');
  await node.done('open-storefront', { name: 'Fanfare' }, shop);
  await node.idle();
  const listing = {
    title: 'Student trumpet',
    category: 'ae-2-8-3-5-3',
    price: { unit: 'EUR', value: '26500' },
    place: GHENT,
    reach: { level: 'local', km: 40 },
    acceptsTerms: ['SD-BASE'],
    delivery: { how: 'pickup', days: 3 },
    until: node.deps.clock.now() + 60 * DAY_MS,
  };
  await node.done('publish-listing', listing, shop);
  await node.idle();
}

async function offerTo(node: TestNode, buyer: Somebody): Promise<string> {
  const max = { unit: 'EUR', value: '30000' };
  const fields = {
    kind: 'goods',
    category: 'ae-2-8-3-5-3',
    place: GHENT,
    radiusKm: 30,
    budget: { max },
    words: 'x',
  };
  await node.call('preview-cast', { fields }, buyer);
  await node.idle();
  const preview = await node.done<{ choices: { cell: { id: string } }[] }>('preview-cast', { fields }, buyer);
  const choice = preview.choices.at(-1)?.cell.id;
  const want = await node.done<{ id: string }>('cast-intent', { fields, choice, ifBelow: 'hold' }, buyer);
  await node.idle();
  const offers = await node.done<Rows<{ id: string }>>('list-offers', { intent: want.id }, buyer);
  assert.ok(offers.rows[0]);
  return offers.rows[0].id;
}

for (const engine of engines()) {
  describe(`proffers on ${engine}`, () => {
    let node: TestNode;
    let offer: string;
    let relationship: string;
    const homes: Record<string, string> = {};
    before(async () => {
      node = await startTestNode({ engine, seed: `proffers-${engine}` });
      await openShop(node);
      homes.maya = await node.party('maya');
      offer = await offerTo(node, maya);
      const { code } = await node.done<{ code: string }>('show-recovery-code', {}, maya);
      await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
      relationship = (await node.done<{ relationship: string }>('accept-offer', { offer }, maya))
        .relationship;
      await node.idle();
    });
    after(() => node.close());

    const newest = async (who: Somebody): Promise<Proffer> => {
      const { rows } = await node.done<Rows<Proffer>>('list-proffers', { limit: 1 }, who);
      assert.ok(rows[0]);
      return rows[0];
    };
    const proffer = async (to: string, ids: string[], by = maya): Promise<Proffer> => {
      node.clock?.advance(1_000);
      const made = await node.done<Proffer>('proffer-terms', { to, ids }, by);
      await node.idle();
      return made;
    };
    const answer = async (by: Somebody, input: object): Promise<Proffer> => {
      const answered = await node.done<Proffer>('answer-terms', input, by);
      await node.idle();
      return answered;
    };
    /** Every signed move that both sides keep, by id; the same octets on both. */
    const keptByBoth = async (table: 'documents' | 'records'): Promise<Map<string, string>> => {
      const all = await node.deps.storage.read((view) =>
        tables<Record<'documents' | 'records', Kept & { type: string; home_id: string }>>(view)
          .selectFrom(table)
          .select(['home_id', 'id', 'payload'])
          .where('type', '=', 'agreement-interaction')
          .execute(),
      );
      const mine = new Map(
        all
          .filter((r) => r.home_id === homes.maya)
          .map((r) => [r.id, Buffer.from(r.payload).toString('hex')]),
      );
      const theirs = new Map(
        all
          .filter((r) => r.home_id !== homes.maya)
          .map((r) => [r.id, Buffer.from(r.payload).toString('hex')]),
      );
      assert.deepEqual(mine, theirs);
      return mine;
    };

    for (const to of ['an offer’s vendor', 'the other side of a relationship'] as const) {
      const inRelationship = to !== 'an offer’s vendor';
      const target = (): string => (inRelationship ? relationship : offer);

      test(`to ${to}: accepted, and both keep the same octets`, async () => {
        const kept = await keptByBoth(inRelationship ? 'records' : 'documents');
        const made = await proffer(target(), ['SD-BASE-DP', 'SD-BASE']);
        assert.deepEqual([made.state, made.side, made.isMyTurn], ['pending', 'mine', false]);
        assert.equal(made.relationship, inRelationship ? relationship : undefined);
        const seen = await newest(shop);
        assert.deepEqual([seen.id, seen.side, seen.isMyTurn], [made.id, 'theirs', true]);
        assert.deepEqual(seen.ids, ['SD-BASE-DP', 'SD-BASE']);
        const yes = await answer(shop, { id: made.id, answer: 'accept', terms: 'SD-BASE' });
        assert.deepEqual([yes.state, yes.agreed], ['accepted', 'SD-BASE']);
        const mine = await newest(maya);
        assert.deepEqual(
          [mine.state, mine.status, mine.agreed],
          ['accepted', 'AgreementAccepted', 'SD-BASE'],
        );
        assert.equal(mine.recordId, yes.recordId);
        const now = await keptByBoth(inRelationship ? 'records' : 'documents');
        assert.equal(now.size, kept.size + 2);
        const again = await node.refused('answer-terms', { id: made.id, answer: 'decline' }, shop);
        assert.equal(again.code, 'negotiation-over');
      });

      test(`to ${to}: one alternative, which is declined; the refusal is kept too`, async () => {
        const before_ = await keptByBoth(inRelationship ? 'records' : 'documents');
        const { id } = await proffer(target(), ['SD-BASE']);
        const needed = await node.refused('answer-terms', { id, answer: 'alternative' }, shop);
        assert.equal(needed.code, 'alternative-needed');
        const early = await node.refused('answer-terms', { id, answer: 'accept' }, maya);
        assert.equal(early.code, 'negotiation-turn');
        const other = await answer(shop, { id, answer: 'alternative', alternative: 'SD-BY-A' });
        assert.deepEqual(
          [other.state, other.alternative, other.isMyTurn],
          ['alternative', 'SD-BASE-A', false],
        );
        const back = await newest(maya);
        assert.deepEqual([back.state, back.alternative, back.isMyTurn], ['alternative', 'SD-BASE-A', true]);
        const second = { id, answer: 'alternative', alternative: 'SD-BASE-AT' };
        assert.equal((await node.refused('answer-terms', second, maya)).code, 'negotiation-move');
        const no = await answer(maya, { id, answer: 'decline' });
        assert.equal(no.state, 'declined');
        const [mine, theirs] = [await newest(maya), await newest(shop)];
        assert.deepEqual([mine.status, theirs.status], ['AgreementRefused', 'AgreementRefused']);
        assert.equal(mine.recordId, theirs.recordId);
        const now = await keptByBoth(inRelationship ? 'records' : 'documents');
        assert.equal(now.size, before_.size + 3);
      });

      test(`to ${to}: nobody answers, and it expires on both sides`, async () => {
        const { id, until } = await proffer(target(), ['SD-BASE']);
        node.clock?.advance(until - node.deps.clock.now() + 1);
        for (const who of [maya, shop]) {
          const late = await newest(who);
          assert.deepEqual([late.id, late.state, late.isMyTurn], [id, 'expired', false]);
        }
        assert.equal(
          (await node.refused('answer-terms', { id, answer: 'accept' }, shop)).code,
          'negotiation-expired',
        );
      });
    }

    test('either side of a relationship may proffer', async () => {
      const made = await proffer(relationship, ['SD-BASE-A'], shop);
      assert.deepEqual([(await newest(maya)).side, (await newest(maya)).isMyTurn], ['theirs', true]);
      await answer(maya, { id: made.id, answer: 'accept' });
      assert.equal((await newest(shop)).agreed, 'SD-BASE-A');
    });

    test('before there is a relationship, two proffers to one vendor have nothing in common', async () => {
      const [one, two] = [await proffer(offer, ['SD-BASE']), await proffer(offer, ['SD-BASE'])];
      const { rows } = await node.done<Rows<Proffer>>('list-proffers', { limit: 2 }, shop);
      assert.deepEqual(new Set(rows.map((r) => r.id)), new Set([one.id, two.id]));
      assert.equal(new Set(rows.map((r) => r.with.name)).size, 2);
      const homesSeen = await node.deps.storage.read((view) =>
        tables<{ proffers: { first_party: string; peer: string; home_id: string; id: string } }>(view)
          .selectFrom('proffers')
          .select(['first_party', 'peer'])
          .where('home_id', '!=', homes.maya ?? '')
          .where('id', 'in', [one.id, two.id])
          .execute(),
      );
      assert.equal(new Set(homesSeen.map((r) => r.first_party)).size, 2);
      assert.equal(new Set(homesSeen.map((r) => JSON.parse(r.peer).inbox)).size, 2);
      assert.equal(new Set(homesSeen.map((r) => JSON.parse(r.peer).key)).size, 2);
    });

    test('what I have chosen is proffered when nothing is named; strangers and nonsense are refused', async () => {
      await node.done('choose-terms', { ids: ['SD-BASE-DP'] }, maya);
      const made = await node.done<Proffer>('proffer-terms', { to: relationship }, maya);
      assert.deepEqual(made.ids, ['SD-BASE-DP']);
      await node.idle();
      const refusals: [string, object, string][] = [
        ['proffer-terms', { to: 'nobody' }, 'recipient-unknown'],
        ['proffer-terms', { to: relationship, ids: ['OURS'] }, 'input-invalid'],
        ['proffer-terms', { to: relationship, ids: [] }, 'terms-unknown'],
        ['answer-terms', { id: 'none', answer: 'accept' }, 'proffer-unknown'],
        ['list-proffers', { after: 'x' }, 'cursor-unknown'],
      ];
      for (const [name, input, code] of refusals)
        assert.equal((await node.refused(name, input, maya)).code, code);
    });

    test('every proffer is listed once, page by page, and nothing was refused on its way', async () => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const input = { limit: 3, ...(cursor && { after: cursor }) };
        const page = await node.done<Rows<Proffer> & { next?: string }>('list-proffers', input, maya);
        seen.push(...page.rows.map((row) => row.id));
        cursor = page.next;
      } while (cursor !== undefined);
      assert.equal(seen.length, 10);
      assert.equal(new Set(seen).size, 10);
      const here = await node.done<Rows<Proffer>>('list-proffers', { relationship, limit: 200 }, maya);
      assert.equal(here.rows.length, 5);
      for (const who of [maya, shop]) {
        const refused = await node.done<Rows<unknown>>('list-deliveries', { state: 'refused' }, who);
        assert.deepEqual(refused.rows, []);
      }
    });
  });
}
