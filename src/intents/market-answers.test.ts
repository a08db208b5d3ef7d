import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import { must } from '../kernel/result.ts';
import { getOffer } from './get-offer.ts';
import { type Loop, openLoop, type Vendor } from './loop/testing.ts';
import type { Offer } from './model.ts';
import { eur, wantFields } from './testing.ts';
import type { Intent } from './view.ts';

type List = { rows: Offer[]; order: string };
const AREA = 'g0:403:524';
const TRUMPET_CELL = `ae-2-8-3-5-3|${AREA}|EUR|50000|any|SD-BASE|person`;
const REPAIR_CELL = `sv-bicycle-repair|${AREA}|hours|200|any|SD-BASE|person`;

for (const engine of engines()) {
  describe(`a want and the market's answers on ${engine}`, () => {
    let loop: Loop;
    let vendor: Vendor;
    let anna: string;
    before(async () => {
      loop = await openLoop(engine, 'answers');
      vendor = await loop.vendor('Brass & Co');
      anna = await loop.person('Anna');
      await loop.idle();
      for (const cell of [TRUMPET_CELL, REPAIR_CELL]) await loop.crowd(cell, 4);
      await loop.publish();
      await loop.done(anna, 'preview-cast', { fields: wantFields() });
      await loop.idle();
    });
    after(() => loop.close());

    const cast = (fields: object, choice: string): Promise<Intent> =>
      loop.done<Intent>(anna, 'cast-intent', { fields, choice });

    test('a listing at the market answers by itself, fitted to the exact want at home', async () => {
      const good = await loop.list(vendor, { title: 'Good', attributes: { itemCondition: 'used' } });
      await loop.list(vendor, { title: 'New', attributes: { itemCondition: 'new' } });
      await loop.list(vendor, { title: 'Dear', price: eur(40_000) });
      await loop.idle();
      const want = await cast(wantFields({ attributes: { itemCondition: 'used' } }), TRUMPET_CELL);
      await loop.idle();
      const list = await loop.done<List>(anna, 'list-offers', { intent: want.id });
      assert.deepEqual(
        list.rows.map((it) => it.title),
        ['Good'],
      );
      const [offer] = list.rows;
      assert.deepEqual(
        [offer?.total, offer?.distanceKm, offer?.vendor.name, offer?.how, offer?.state, offer?.unsaid],
        [eur(20_000), 51, 'Brass & Co', 'first-come', 'open', []],
      );
      assert.deepEqual(offer?.terms, { id: 'SD-BASE', conflicts: [] });
      const all = await loop.done<List>(anna, 'list-offers', { intent: want.id, showFiltered: true });
      assert.deepEqual(
        all.rows.map((it) => [it.title, it.misfits[0] ?? '']),
        [
          ['Good', ''],
          ['New', 'Condition: new, and you said used.'],
          ['Dear', '€400 in all is €100 more than you said.'],
        ],
      );
      assert.match(all.order, /^First those that are still open, .* nobody can pay/);
      const intent = await loop.done<Intent>(anna, 'get-intent', { id: want.id });
      assert.deepEqual(intent.offers, { fitting: 1, filtered: 2, waiting: 0 });
      const found = must(
        await loop.deps.storage.read((view) => getOffer(view, anna, offer?.id ?? '', loop.deps.clock.now())),
      );
      assert.deepEqual(
        [found.documentId, found.kind, found.alias, found.terms, found.market?.id, found.storefront.id],
        [good.id, 'listing', null, 'SD-BASE', loop.market.id, vendor.ref.id],
      );
      assert.deepEqual(found.document, good.wire);
    });

    test('two hours of lessons for a bicycle mended: a barter from the want to the offer', async () => {
      const repair = {
        title: 'Bicycle repair',
        category: 'sv-bicycle-repair',
        kind: 'service' as const,
        price: eur(6_000),
        takes: [{ unit: 'hours', value: '90', what: 'language lessons' }],
        reach: { level: 'local' as const, km: 60 },
        delivery: { how: 'at-yours' as const },
      };
      await loop.list(vendor, repair);
      await loop.list(vendor, {
        ...repair,
        title: 'For garden work',
        takes: [{ unit: 'hours', value: '60', what: 'garden work' }],
      });
      await loop.idle();
      const { budget: _budget, ...want } = wantFields({
        kind: 'service',
        category: 'sv-bicycle-repair',
        give: { unit: 'hours', value: '120', what: 'two hours of German lessons' },
        words: 'someone to repair a bicycle this week, I can give two hours of German lessons',
      });
      const intent = await cast(want, REPAIR_CELL);
      await loop.idle();
      const { rows, order } = await loop.done<List>(anna, 'list-offers', { intent: intent.id });
      assert.deepEqual(
        rows.map((it) => [it.title, it.total]),
        [['Bicycle repair', { unit: 'hours', value: '90' }]],
      );
      assert.match(order, /lowest total in hours/);
      const found = must(
        await loop.deps.storage.read((view) =>
          getOffer(view, anna, rows[0]?.id ?? '', loop.deps.clock.now()),
        ),
      );
      assert.equal(found.givesInstead, 'two hours of German lessons');
    });

    test('a listing that comes later meets the open want', async () => {
      const fields = wantFields({ words: 'later', budget: { max: eur(45_000) } });
      const intent = await cast(fields, TRUMPET_CELL);
      await loop.idle();
      const titles = async () =>
        (await loop.done<List>(anna, 'list-offers', { intent: intent.id })).rows.map((it) => it.title);
      const before = await titles();
      const newcomer = await loop.vendor('Newcomer');
      await loop.list(newcomer, { title: 'Late but fine', price: eur(100) });
      await loop.idle();
      assert.deepEqual([...(await titles())].sort(), [...before, 'Late but fine'].sort());
    });

    test('somebody else sees nothing of my wants and offers', async () => {
      const ben = await loop.person('Ben');
      const mine = await loop.done<{ rows: Intent[] }>(anna, 'list-intents', {});
      assert.ok(mine.rows.length >= 3);
      assert.deepEqual((await loop.done<{ rows: Intent[] }>(ben, 'list-intents', {})).rows, []);
      for (const { id } of mine.rows) {
        for (const name of ['get-intent', 'widen-intent', 'close-intent']) {
          assert.equal((await loop.refused(ben, name, { id })).code, 'intent-unknown');
        }
        assert.equal((await loop.refused(ben, 'list-offers', { intent: id })).code, 'intent-unknown');
      }
    });
  });
}
