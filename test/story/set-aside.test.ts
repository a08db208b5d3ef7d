import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY, trumpet, trumpetWanted } from './goods.ts';

interface Rows<T> {
  readonly rows: T[];
}

interface Offer {
  readonly id: string;
  readonly title: string;
  readonly how: string;
  readonly state: string;
  readonly heldUntil?: number;
}

interface Stock {
  readonly id: string;
  readonly stock: number;
  readonly held: number;
  readonly taken: number;
  readonly state: string;
}

type By = { readonly as: string };
const [ana, bo] = [{ as: 'ana' }, { as: 'bo' }];

for (const engine of engines()) {
  describe(`what is set aside on ${engine}`, () => {
    let node: TestNode;
    before(async () => {
      node = await startTestNode({ engine, seed: `set-aside-${engine}` });
      for (const by of [ana, bo]) {
        await node.party(by.as);
        const { code } = await node.done<{ code: string }>('show-recovery-code', {}, by);
        await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, by);
      }
    });
    after(() => node.close());
    // A market quotes few listings of one vendor to one want: each test has a shop of its own.
    let shop: By;
    let opened = 0;
    beforeEach(async () => {
      shop = { as: `shop${opened++}` };
      await node.party(shop.as);
      await node.done('open-storefront', { name: 'Shop' }, shop);
    });

    // What waits would be quoted the next test's listing.
    afterEach(async () => {
      for (const by of [ana, bo]) {
        const { rows } = await node.done<Rows<{ id: string }>>('list-intents', { state: 'open' }, by);
        for (const { id } of rows) await node.done('close-intent', { id }, by);
      }
      await node.idle();
    });

    const list = async (title: string, change: object = {}): Promise<string> => {
      const listing = trumpet(node.deps.clock.now(), { title, number: title, ...change });
      const { id } = await node.done<{ id: string }>('publish-listing', listing, shop);
      await node.idle();
      return id;
    };
    const cast = async (words: string, by: By): Promise<string> => {
      const fields = trumpetWanted(node.deps.clock.now(), { words });
      await node.done('preview-cast', { fields }, by);
      await node.idle();
      const preview = await node.done<{ choices: { cell: { id: string } }[] }>(
        'preview-cast',
        { fields },
        by,
      );
      const choice = preview.choices.at(-1)?.cell.id;
      const { id } = await node.done<{ id: string }>('cast-intent', { fields, choice }, by);
      await node.idle();
      return id;
    };
    const offersOf = async (intent: string, title: string, by: By): Promise<Offer[]> => {
      const { rows } = await node.done<Rows<Offer>>('list-offers', { intent, showFiltered: true }, by);
      return rows.filter((it) => it.title === title);
    };
    const stockOf = async (title: string): Promise<readonly [number, number, number]> => {
      const { rows } = await node.done<Rows<Stock>>('list-listings', { search: title }, shop);
      const [row] = rows;
      assert(row);
      return [row.stock, row.held, row.taken];
    };
    const acceptedAs = async (offer: string | undefined, by: By): Promise<string> => {
      const { relationship } = await node.done<{ relationship: string }>('accept-offer', { offer }, by);
      await node.idle();
      return (await node.done<{ state: string }>('get-relationship', { relationship }, by)).state;
    };

    test('the one piece of a firm listing is offered to one of two, and is theirs to take', async () => {
      await list('One firm');
      const [first, second] = [await cast('one firm a', ana), await cast('one firm b', bo)];
      const [mine] = await offersOf(first, 'One firm', ana);
      assert.equal(mine?.how, 'firm');
      assert.equal(mine.heldUntil, node.deps.clock.now() + 2 * DAY);
      assert.deepEqual(await offersOf(second, 'One firm', bo), [], 'nothing is promised twice');
      assert.deepEqual(await stockOf('One firm'), [1, 1, 0]);
      assert.equal(await acceptedAs(mine.id, ana), 'active');
      assert.deepEqual(await stockOf('One firm'), [0, 0, 1]);
    });

    test('a decline frees it for the next who waits, and closing a want does', async () => {
      await list('Declined');
      const [first, second] = [await cast('declined a', ana), await cast('declined b', bo)];
      const [mine] = await offersOf(first, 'Declined', ana);
      await node.done('decline-offer', { id: mine?.id }, ana);
      await node.idle();
      const [theirs] = await offersOf(second, 'Declined', bo);
      assert.equal(theirs?.how, 'firm');
      const third = await cast('declined c', ana);
      assert.deepEqual(await offersOf(third, 'Declined', ana), []);
      await node.done('close-intent', { id: second }, bo);
      await node.idle();
      assert.equal((await offersOf(third, 'Declined', ana))[0]?.how, 'firm');
      assert.deepEqual(await stockOf('Declined'), [1, 1, 0]);
    });

    test('after its date it is first come, and the next who waits has it set aside', async () => {
      await list('Lapsing');
      const [first, second] = [await cast('lapsing a', ana), await cast('lapsing b', bo)];
      node.clock?.advance(2 * DAY + 1);
      const [lapsed] = await offersOf(first, 'Lapsing', ana);
      assert.deepEqual([lapsed?.how, lapsed?.state, lapsed?.heldUntil], ['first-come', 'open', undefined]);
      node.clock?.advance(20 * 60_000);
      await node.idle();
      assert.equal((await offersOf(second, 'Lapsing', bo))[0]?.how, 'firm');
      assert.equal(await acceptedAs(lapsed?.id, ana), 'refused', 'it is set aside for somebody else now');
      assert.equal(await acceptedAs((await offersOf(second, 'Lapsing', bo))[0]?.id, bo), 'active');
    });

    test('what is set aside outlives a new price, and a lower stock is not taken', async () => {
      const id = await list('New price', { stock: 2 });
      const intent = await cast('new price', ana);
      const refused = await node.refused('set-stock', { id, stock: 0 }, shop);
      assert.equal(refused.code, 'stock-held');
      await list('New price', { stock: 2, price: { unit: 'EUR', value: '28000' } });
      const offers = await offersOf(intent, 'New price', ana);
      const held = offers.find((it) => it.heldUntil !== undefined);
      assert.equal(held?.state, 'open');
      assert.equal(await acceptedAs(held?.id, ana), 'active');
    });

    test('a listing taken back is shown as withdrawn before anybody accepts it', async () => {
      for (const mode of ['firm', 'first-come']) {
        const title = `Taken back ${mode}`;
        const listing = await list(title, { mode });
        const intent = await cast(title, ana);
        assert.equal((await offersOf(intent, title, ana))[0]?.state, 'open');
        await node.done('withdraw-listing', { id: listing }, shop);
        await node.idle();
        assert.equal((await offersOf(intent, title, ana))[0]?.state, 'withdrawn');
        assert.equal((await stockOf(title))[1], 0);
      }
      await list('Dearer', { mode: 'first-come' });
      const intent = await cast('dearer', bo);
      await list('Dearer', { mode: 'first-come', price: { unit: 'EUR', value: '29900' } });
      assert.deepEqual((await offersOf(intent, 'Dearer', bo)).map((it) => it.state).sort(), [
        'open',
        'withdrawn',
      ]);
    });
  });
}
