import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Result } from '../../src/kernel/result.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { type Engine, engines } from '../harness/test-deps.ts';
import { DAY, trumpet, trumpetWanted } from './goods.ts';

interface Rows<T> {
  readonly rows: T[];
}

interface Offer {
  readonly id: string;
  readonly title: string;
  readonly state: string;
}

interface Relationship {
  readonly id: string;
  readonly state: string;
  readonly refusal?: string;
}

const shop = { as: 'shop' };
const HOUR = DAY / 24;

type By = { readonly as: string };

/** A shop and people who want what it has; every trumpet has a title of its own. */
async function openTown(engine: Engine): Promise<TestNode> {
  const node = await startTestNode({ engine, seed: `at-once-${engine}` });
  await node.party('shop');
  await node.done('open-storefront', { name: 'Shop' }, shop);
  for (const name of ['anna', 'ben']) {
    await node.party(name);
    const { code } = await node.done<{ code: string }>('show-recovery-code', {}, { as: name });
    await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, { as: name });
  }
  return node;
}

/** Lists one trumpet of this title that nobody has set aside for them; the listing. */
async function list(node: TestNode, title: string, change: object = {}): Promise<string> {
  const listing = trumpet(node.deps.clock.now(), {
    title,
    number: title,
    mode: 'first-come',
    ...change,
  });
  const { id } = await node.done<{ id: string }>('publish-listing', listing, shop);
  await node.idle();
  return id;
}

/** Casts a want of these words; the want. */
async function cast(node: TestNode, words: string, by: By): Promise<string> {
  const fields = trumpetWanted(node.deps.clock.now(), { words });
  await node.done('preview-cast', { fields }, by);
  await node.idle();
  const { choices } = await node.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields },
    by,
  );
  const choice = choices.at(-1)?.cell.id;
  const { id } = await node.done<{ id: string }>('cast-intent', { fields, choice }, by);
  await node.idle();
  return id;
}

async function offerOf(node: TestNode, intent: string, title: string, by: By): Promise<Offer> {
  const { rows } = await node.done<Rows<Offer>>('list-offers', { intent, showFiltered: true }, by);
  const found = rows.find((it) => it.title === title);
  assert(found, `no offer of ${title}`);
  return found;
}

async function mine(node: TestNode, by: By): Promise<Relationship[]> {
  return (await node.done<Rows<Relationship>>('list-relationships', { limit: 200 }, by)).rows;
}

async function stockOf(node: TestNode, title: string): Promise<readonly [number, number]> {
  const { rows } = await node.done<Rows<{ stock: number; taken: number }>>(
    'list-listings',
    { search: title },
    shop,
  );
  return [rows[0]?.stock ?? -1, rows[0]?.taken ?? -1];
}

function codesOf(results: readonly Result<unknown>[]): string[] {
  return results.map((it) => (it.ok ? 'done' : it.code)).sort();
}

for (const engine of engines()) {
  describe(`several things at once on ${engine}`, () => {
    let node: TestNode;
    const [anna, ben] = [{ as: 'anna' }, { as: 'ben' }];
    before(async () => {
      node = await openTown(engine);
    });
    after(() => node.close());
    const accept = (offer: Offer, by: By): Promise<Result<unknown>> =>
      node.call('accept-offer', { offer: offer.id }, by);

    test('an offer accepted in two tabs at once is one agreement', async () => {
      await list(node, 'Two tabs', { stock: 5, mode: 'first-come' });
      const offer = await offerOf(node, await cast(node, 'two tabs', anna), 'Two tabs', anna);
      const tabs = await Promise.all([1, 2, 3, 4].map(() => accept(offer, anna)));
      assert.deepEqual(codesOf(tabs), ['done', 'offer-taken', 'offer-taken', 'offer-taken']);
      await node.idle();
      assert.deepEqual([(await mine(node, anna)).length, (await mine(node, shop)).length], [1, 1]);
      assert.deepEqual(await stockOf(node, 'Two tabs'), [4, 1]);
    });

    test('of two who accept the last piece at once one has it, and both keep what the other was told', async () => {
      await list(node, 'The last one');
      const asked = await Promise.all(
        [anna, ben].map(async (by) => {
          const offer = await offerOf(node, await cast(node, 'the last one', by), 'The last one', by);
          return { by, offer, known: (await mine(node, by)).map((it) => it.id) };
        }),
      );
      assert.deepEqual(codesOf(await Promise.all(asked.map((it) => accept(it.offer, it.by)))), [
        'done',
        'done',
      ]);
      await node.idle();
      const ends = await Promise.all(
        asked.map(async ({ by, known }) => (await mine(node, by)).find((it) => !known.includes(it.id))),
      );
      assert.deepEqual(ends.map((it) => it?.state).sort(), ['active', 'refused']);
      const loser = ends.find((it) => it?.state === 'refused');
      assert.equal(loser?.refusal, 'offer-gone');
      const kept = (await mine(node, shop)).find((it) => it.id === loser?.id);
      assert.deepEqual([kept?.state, kept?.refusal], ['refused', 'offer-gone']);
      assert.deepEqual(await stockOf(node, 'The last one'), [0, 1]);
    });

    test('a listing withdrawn while it is accepted is agreed or refused, on both sides the same', async () => {
      for (const order of ['withdrawn first', 'accepted first', 'at once']) {
        const listing = await list(node, order);
        const intent = await cast(node, order, anna);
        const offer = await offerOf(node, intent, order, anna);
        const before = new Set((await mine(node, anna)).map((it) => it.id));
        const withdraw = (): Promise<Result<unknown>> => node.call('withdraw-listing', { id: listing }, shop);
        if (order === 'withdrawn first') {
          assert.deepEqual(codesOf([await withdraw()]), ['done']);
          const tried = await accept(offer, anna);
          // Word of the withdrawal may have come first; then nothing is asked of the seller.
          if (!tried.ok) {
            assert.equal(tried.code, 'offer-gone');
            assert.equal((await offerOf(node, intent, order, anna)).state, 'withdrawn');
            continue;
          }
        } else if (order === 'accepted first') {
          assert.deepEqual(codesOf([await accept(offer, anna)]), ['done']);
          await node.idle();
          assert.deepEqual(codesOf([await withdraw()]), ['done'], 'what is left is taken back');
        } else {
          assert.deepEqual(codesOf(await Promise.all([accept(offer, anna), withdraw()])), ['done', 'done']);
        }
        await node.idle();
        const made = (await mine(node, anna)).find((it) => !before.has(it.id));
        const theirs = (await mine(node, shop)).find((it) => it.id === made?.id);
        assert.deepEqual([theirs?.state, theirs?.refusal], [made?.state, made?.refusal], order);
        const isAgreed = made?.state === 'active';
        if (order !== 'at once') assert.equal(isAgreed, order === 'accepted first');
        if (!isAgreed) {
          assert.equal(made?.refusal, 'offer-withdrawn');
          assert.equal((await offerOf(node, intent, order, anna)).state, 'withdrawn');
        }
        assert.equal((await stockOf(node, order))[1], isAgreed ? 1 : 0);
      }
    });

    test('two tabs that change one item, cast one want, answer one cast or keep one promise act once', async () => {
      const item = await node.done<{ id: string; version: number }>(
        'put-item',
        { property: 'vcard:note', value: 'a' },
        anna,
      );
      const edit = (value: string): Promise<Result<unknown>> =>
        node.call('put-item', { id: item.id, property: 'vcard:note', value, ifVersion: item.version }, anna);
      assert.deepEqual(codesOf(await Promise.all([edit('b'), edit('c')])), ['done', 'item-changed']);
      await list(node, 'By hand', { mode: 'by-hand' });
      const fields = trumpetWanted(node.deps.clock.now(), { words: 'once' });
      const want = (): Promise<Result<unknown>> =>
        node.call('cast-intent', { fields, ifBelow: 'widen' }, ben);
      assert.deepEqual(codesOf(await Promise.all([want(), want()])), ['done', 'intent-repeated']);
      await node.idle();
      const [cast] = (await node.done<Rows<{ alias: string }>>('list-casts', { answered: false }, shop)).rows;
      const until = node.deps.clock.now() + DAY;
      const price = { unit: 'EUR', value: '100' };
      const input = { alias: cast?.alias, title: 'Mine', price, until, delivery: { how: 'pickup' } };
      const answer = (): Promise<Result<unknown>> => node.call('answer-intent', input, shop);
      assert.deepEqual(codesOf(await Promise.all([answer(), answer()])), ['already-answered', 'done']);
      const active = (await mine(node, anna)).find((it) => it.state === 'active');
      const keep = (): Promise<Result<unknown>> =>
        node.call('fulfil-commitment', { commitment: `${active?.id}:1` }, anna);
      assert.deepEqual(codesOf(await Promise.all([keep(), keep()])), ['commitment-state', 'done']);
    });

    test('an offer is late after its date, and nothing of the try is kept', async () => {
      await list(node, 'For an hour', { until: node.deps.clock.now() + HOUR });
      const offer = await offerOf(node, await cast(node, 'for an hour', anna), 'For an hour', anna);
      const before = await mine(node, anna);
      node.clock?.advance(HOUR + 1);
      assert.deepEqual(codesOf([await accept(offer, anna)]), ['offer-late']);
      await node.idle();
      assert.deepEqual(await mine(node, anna), before);
      assert.equal(
        (await offerOf(node, await onlyWant(node, 'for an hour'), 'For an hour', anna)).state,
        'expired',
      );
      assert.deepEqual(await stockOf(node, 'For an hour'), [1, 0]);
    });
  });
}

async function onlyWant(node: TestNode, words: string): Promise<string> {
  const { rows } = await node.done<Rows<{ id: string }>>('list-intents', { search: words }, { as: 'anna' });
  return rows[0]?.id ?? '';
}
