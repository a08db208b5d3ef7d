import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import type { Json } from '../kernel/json.ts';
import type { Told } from '../kernel/many.ts';
import type { ListingContent, Signed } from '../market/index.ts';
import { markIntentAgreed, markOffer } from './get-offer.ts';
import { intentCounts } from './intent-counts.ts';
import { castAs, entry, type KnownCast, type Loop, openLoop, quoteTo, type Vendor } from './loop/testing.ts';
import type { IntentFields, Offer } from './model.ts';
import { DAY_MS, eur, wantFields } from './testing.ts';
import type { Intent } from './view.ts';

type List = { rows: Offer[]; next?: string; total: number; order: string };

const CELL = 'ae-2-8-3-5-3|g0:403:524|EUR|50000|any|SD-BASE|person';

for (const engine of engines()) {
  describe(`offers and their wants on ${engine}`, () => {
    let loop: Loop;
    let vendor: Vendor;
    let anna: string;
    /** How many wants were cast: each has words of its own. */
    let wanted = 0;

    before(async () => {
      loop = await openLoop(engine, 'offer-states');
      vendor = await loop.vendor('Brass & Co');
      anna = await loop.person('Anna');
      await loop.idle();
      await loop.crowd(CELL, 4);
      await loop.publish();
      await loop.done(anna, 'preview-cast', { fields: wantFields() });
      await loop.idle();
    });
    after(() => loop.close());

    const cast = (changes: Partial<IntentFields> = {}): Promise<KnownCast> =>
      castAs(loop, anna, wantFields({ words: `want ${wanted++}`, ...changes }), CELL);
    const quote = (to: KnownCast, quotes: Json[], from?: string): Promise<string> =>
      quoteTo(loop, to, quotes, from);
    /** A listing that the market knows nothing of. */
    const sign = (changes: Partial<ListingContent> = {}, by = vendor): Signed => loop.sign(by, changes);
    const offers = (to: KnownCast, input: object = {}): Promise<List> =>
      loop.done<List>(anna, 'list-offers', { intent: to.intent, ...input });

    test('declining puts an offer aside for good, and tells nobody', async () => {
      const want = await cast();
      await quote(want, [entry(sign())]);
      const [offer] = (await offers(want)).rows;
      const before = (await loop.sent(anna)).length;
      const declined = await loop.done(anna, 'decline-offer', { id: offer?.id });
      assert.deepEqual(declined, { id: offer?.id, state: 'declined' });
      assert.deepEqual(await loop.done(anna, 'decline-offer', { id: offer?.id }), declined);
      assert.equal((await loop.sent(anna)).length, before);
      assert.deepEqual(
        (await offers(want)).rows.map((it) => it.state),
        ['declined'],
      );
      assert.equal((await loop.refused(anna, 'decline-offer', { id: 'nothing' })).code, 'offer-unknown');
      await loop.deps.storage.transact(anna, (tx) => markOffer(tx, offer?.id ?? '', 'taken'));
      assert.equal((await loop.refused(anna, 'decline-offer', { id: offer?.id })).code, 'offer-not-open');
      const ben = await loop.person('Ben');
      assert.equal((await loop.refused(ben, 'decline-offer', { id: offer?.id })).code, 'offer-unknown');
    });

    test('many offers are put aside and many wants ended, each told by itself', async () => {
      const wants = [await cast(), await cast()];
      for (const want of wants) await quote(want, [entry(sign({ title: 'A' })), entry(sign({ title: 'B' }))]);
      const [first, second] = wants;
      assert.ok(first && second);
      const ids = (await offers(first)).rows.map((offer) => offer.id);
      const declined = await loop.done<Told>(anna, 'decline-offers', { ids: [...ids, 'nothing'] });
      assert.deepEqual([declined.done, declined.not.map((it) => it.code)], [ids, ['offer-unknown']]);
      assert.deepEqual(
        (await offers(first)).rows.map((it) => it.state),
        ['declined', 'declined'],
      );
      const intents = wants.map((want) => want.intent);
      const closed = await loop.done<Told>(anna, 'close-intents', { ids: intents });
      assert.deepEqual(closed, { done: intents, not: [] });
      const again = await loop.done<Told>(anna, 'close-intents', { ids: [...intents, 'nothing'] });
      assert.deepEqual(
        [again.done, again.not.map((it) => it.code)],
        [[], ['intent-not-open', 'intent-not-open', 'intent-unknown']],
      );
      const sent = await loop.sent(anna);
      assert.equal(sent.filter((it) => it.type === 'cast-closed').length, 2, 'the market hears of each once');
      const list = { state: 'closed', idsOnly: true };
      const { ids: all, total } = await loop.done<{ ids: string[]; total: number }>(
        anna,
        'list-intents',
        list,
      );
      assert.ok(intents.every((it) => all.includes(it)) && total === all.length);
    });

    test('a want that is over takes no more offers, says so to nobody, and its open ones lapse', async () => {
      const [agreed, closed] = [await cast(), await cast()];
      const [first, second] = [entry(sign({ title: 'A' })), entry(sign({ title: 'B' }))];
      for (const want of [agreed, closed]) await quote(want, [first]);
      const sentBefore = (await loop.sent(anna)).length;
      await loop.deps.storage.transact(anna, (tx) => markIntentAgreed(tx, agreed.intent));
      assert.equal((await loop.sent(anna)).length, sentBefore, 'the market is not told of an agreement');
      await loop.done(anna, 'close-intent', { id: closed.intent });
      assert.equal((await loop.sent(anna)).at(-1)?.type, 'cast-closed');
      for (const want of [agreed, closed]) {
        assert.equal(await quote(want, [second]), 'acted');
        const { rows } = await offers(want);
        assert.deepEqual(
          rows.map((it) => [it.title, it.state]),
          [['A', 'expired']],
        );
      }
      assert.equal((await loop.refused(anna, 'close-intent', { id: closed.intent })).code, 'intent-not-open');
      await loop.idle();
      const states = await Promise.all(
        [agreed, closed].map((it) => loop.done<Intent>(anna, 'get-intent', { id: it.intent })),
      );
      assert.deepEqual(
        states.map((it) => it.state),
        ['agreed', 'closed'],
      );
    });

    test('how many vendors were asked by hand is what the market says, within what can be', async () => {
      const want = await cast();
      const ask = (asked: number) =>
        loop.post(want.inbox, loop.market.id, 'quotes', {
          castId: want.castId,
          quotes: [],
          more: false,
          asked,
        });
      const waiting = async () =>
        (await loop.done<Intent>(anna, 'get-intent', { id: want.intent })).offers.waiting;
      assert.equal(await waiting(), 0);
      assert.equal(await ask(7), 'acted');
      assert.equal(await waiting(), 7);
      await ask(-5);
      assert.equal(await waiting(), 0);
    });

    test('today counts the open offers that fit, and the wants they are for, the newest first', async () => {
      const [one, two] = [await cast(), await cast()];
      await quote(one, [entry(sign()), entry(sign()), entry(sign({ price: eur(99_999) }))]);
      loop.deps.clock.advance(1_000);
      await quote(two, [entry(sign())]);
      const counts = () => loop.deps.storage.read((view) => intentCounts(view, anna, loop.deps.clock.now()));
      const before = await counts();
      const list = await loop.done<{ rows: Intent[] }>(anna, 'list-intents', { state: 'open', limit: 200 });
      assert.deepEqual([before.held, before.open], [0, list.rows.length]);
      assert.deepEqual(
        before.withOffers.map((it) => [it.id, it.fitting, it.sentence]),
        [two, one].map((it) => {
          const row = list.rows.find(({ id }) => id === it.intent);
          return [it.intent, row?.offers.fitting, row?.sentence];
        }),
      );
      loop.deps.clock.advance(60 * DAY_MS);
      assert.deepEqual((await counts()).withOffers, []);
    });
  });
}
