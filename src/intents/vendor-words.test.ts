import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import type { Json } from '../kernel/json.ts';
import { type ListingContent, type Signed, signHold, signWithdrawal, wireJson } from '../market/index.ts';
import { castAs, entry, type KnownCast, type Loop, openLoop, quoteTo, type Vendor } from './loop/testing.ts';
import type { IntentFields, Offer } from './model.ts';
import { DAY_MS, wantFields } from './testing.ts';

type List = { rows: Offer[]; next?: string; total: number; order: string };

const CELL = 'ae-2-8-3-5-3|g0:403:524|EUR|50000|any|SD-BASE|person';

for (const engine of engines()) {
  describe(`what is set aside or taken back on ${engine}`, () => {
    let loop: Loop;
    let vendor: Vendor;
    let anna: string;
    /** How many wants were cast: each has words of its own. */
    let wanted = 0;

    before(async () => {
      loop = await openLoop(engine, 'vendor-words');
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

    test('a firm listing whose vendor knows nothing of holds is first come, and its hold is checked', async () => {
      await loop.list(vendor, { mode: 'firm', title: 'Old node' });
      await loop.idle();
      const want = await cast();
      await loop.idle();
      const found = (await offers(want)).rows.find((it) => it.title === 'Old node');
      assert.deepEqual([found?.how, found?.heldUntil, found?.state], ['first-come', undefined, 'open']);
      const other = await loop.vendor('Other');
      await loop.idle();
      const until = loop.deps.clock.now() + DAY_MS;
      const [good, forged, foreign] = ['good', 'forged', 'foreign'].map((title) =>
        sign({ mode: 'firm', title }),
      );
      assert(good && forged && foreign);
      const hold = (listing: string, by: Vendor, signer = by): Json => {
        const { id: storefront, key } = by.ref;
        const content = { storefront, key, listing, alias: `alias-${listing.slice(0, 8)}`, until };
        return wireJson(signHold(content, signer.key, loop.deps.random).wire);
      };
      await quote(want, [
        { ...entry(good), hold: hold(good.id, vendor) },
        { ...entry(forged), hold: hold(forged.id, vendor, other) },
        { ...entry(foreign), hold: hold(foreign.id, other) },
      ]);
      const rows = (await offers(want)).rows;
      assert.deepEqual(
        ['good', 'forged', 'foreign'].map((title) => rows.find((it) => it.title === title)?.heldUntil),
        [until, undefined, undefined],
      );
      const declined = rows.find((it) => it.title === 'good');
      await loop.done(anna, 'decline-offer', { id: declined?.id });
      assert.equal((await loop.sent(anna)).at(-1)?.type, 'quote-declined');
    });

    test('a listing is taken back by its vendor’s own word alone', async () => {
      const want = await cast();
      const [one, two] = [sign({ title: 'One' }), sign({ title: 'Two' })];
      await quote(want, [entry(one), entry(two)]);
      const other = await loop.vendor('Another');
      const withdrawal = (listing: string, storefront: string, key = vendor.key): Json => ({
        withdrawal: wireJson(signWithdrawal({ listing, storefront }, key, loop.deps.random).wire),
      });
      const tell = (ended: Json[]): Promise<string> =>
        loop.post(want.inbox, loop.market.id, 'quotes-ended', { castId: want.castId, ended });
      const states = async (): Promise<string[]> =>
        (await offers(want)).rows.filter((it) => ['One', 'Two'].includes(it.title)).map((it) => it.state);
      const instead = sign({ title: 'Instead', replaces: two.id }, other);
      await tell([
        withdrawal(one.id, vendor.ref.id, other.key),
        withdrawal(one.id, other.ref.id, other.key),
        { listing: wireJson(instead.wire) },
        {},
      ]);
      assert.deepEqual(await states(), ['open', 'open']);
      const better = sign({ title: 'Better', replaces: two.id });
      assert.equal(
        await tell([withdrawal(one.id, vendor.ref.id), { listing: wireJson(better.wire) }]),
        'acted',
      );
      assert.deepEqual(await states(), ['withdrawn', 'withdrawn']);
    });
  });
}
