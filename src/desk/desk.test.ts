import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import { isFailure } from '../kernel/result.ts';
import { reserveOffer } from './index.ts';
import type { Listing, OwnAnswer, SeenCast } from './model.ts';
import { addMany, cellAround, DAY, openTown, type Town, trumpet } from './testing.ts';

interface Page<T> {
  rows: T[];
  next?: string;
  total: number;
}

/** What an acceptance of one piece comes to. */
async function accept(
  town: Town,
  seller: string,
  offer: string,
  quantity = 1,
  alias: string | null = null,
): Promise<string> {
  const result = await town.deps.storage.transact(seller, (tx) =>
    reserveOffer(tx, town.deps, { offer, alias, quantity, check: () => true }),
  );
  return isFailure(result) ? result.code : 'taken';
}

for (const engine of engines()) {
  test(`${engine}: cast, quotes at once, answers by hand, the cap, and the end`, async () => {
    const town = await openTown(engine, 'story');
    const [shop, maker, wanter] = [
      await town.party('shop'),
      await town.party('maker'),
      await town.party('wanter'),
    ];
    await town.done(shop, 'open-storefront', { name: 'The shop' });
    await town.done(maker, 'open-storefront', { name: 'The maker' });
    const first = await town.done<Listing>(shop, 'publish-listing', trumpet(town.deps));
    await town.done(shop, 'publish-listing', trumpet(town.deps, { price: { unit: 'EUR', value: '90000' } }));
    await town.done(
      maker,
      'publish-listing',
      trumpet(town.deps, { mode: 'by-hand', title: 'Trumpets made to measure' }),
    );
    await town.idle();

    const cast = await town.cast(wanter, cellAround());
    await town.idle();
    assert.deepEqual(
      cast.quotes.map((quote) => quote.listing.id),
      [first.id],
      'the dearer one does not fit the band',
    );
    assert.equal(cast.quotes[0]?.more, false);
    assert.deepEqual(cast.quotes[0]?.standing, { kept: 0, late: 0, broken: 0, repaired: 0, records: [] });

    const seen = await town.done<Page<SeenCast>>(maker, 'list-casts', { answered: false });
    assert.equal(seen.rows.length, 1);
    const alias = seen.rows[0]?.alias ?? '';
    assert.notEqual(alias, cast.castId);
    assert.match(
      seen.rows[0]?.words ?? '',
      /^Trumpets, around Ghent.*, up to EUR 500\.00, within three months$/,
    );
    assert.deepEqual(
      (await town.done<Page<SeenCast>>(shop, 'list-casts', {})).rows,
      [],
      'nobody else is shown it',
    );

    const answer = {
      alias,
      title: 'A trumpet made for you',
      price: { unit: 'EUR', value: '28000' },
      until: town.deps.clock.now() + 10 * DAY,
      delivery: { how: 'pickup', days: 20 },
      note: 'With a case.',
    };
    const given = await town.done<OwnAnswer>(maker, 'answer-intent', answer);
    await town.idle();
    assert.deepEqual(
      cast.answers.map(({ answer: it }) => [it.id, it.value.price.value, it.value.terms]),
      [[given.id, '28000', ['SD-BASE']]],
    );
    assert.equal((await town.refused(maker, 'answer-intent', answer)).code, 'already-answered');

    const later = await town.done<Listing>(
      shop,
      'publish-listing',
      trumpet(town.deps, { title: 'Another trumpet' }),
    );
    await town.idle();
    assert.deepEqual(
      cast.quotes.map((quote) => quote.listing.id),
      [first.id, later.id],
      'a new listing meets open casts',
    );

    await town.close(wanter, cast);
    await town.idle();
    await town.done(shop, 'publish-listing', trumpet(town.deps, { title: 'Too late' }));
    await town.idle();
    assert.equal(cast.quotes.length, 2, 'a closed want is quoted nothing');

    assert.equal(await accept(town, maker, given.id, 1, alias), 'taken');
    assert.equal(await accept(town, maker, given.id, 1, alias), 'offer-gone', 'an answer is taken once');
    const answers = await town.done<Page<OwnAnswer>>(maker, 'list-answers', {});
    assert.equal(answers.rows[0]?.state, 'taken');
    await town.end();
  });

  test(`${engine}: fifty acceptances of a stock of seven, and a withdrawal among them`, async () => {
    const town = await openTown(engine, 'stock');
    const [shop, wanter] = [await town.party('shop'), await town.party('wanter')];
    await town.done(shop, 'open-storefront', { name: 'The shop' });
    const listing = await town.done<Listing>(shop, 'publish-listing', trumpet(town.deps, { mode: 'firm' }));
    const all = await Promise.all(Array.from({ length: 50 }, () => accept(town, shop, listing.id)));
    assert.equal(all.filter((it) => it === 'taken').length, 7);
    assert.equal(all.filter((it) => it === 'offer-gone').length, 43);
    await town.idle();
    const soldOut = await town.cast(wanter, cellAround());
    await town.idle();
    assert.equal(soldOut.quotes.length, 0, 'what has run out is not quoted');
    await town.done(shop, 'set-stock', { id: listing.id, stock: 3 });
    await town.idle();
    assert.equal(soldOut.quotes.length, 1, 'what has come back meets the want that waits');

    const mixed = await Promise.all([
      accept(town, shop, listing.id),
      town.done<Listing>(shop, 'withdraw-listing', { id: listing.id }).then((it) => it.state),
      accept(town, shop, listing.id),
    ]);
    assert.deepEqual(mixed, ['taken', 'withdrawn', 'offer-withdrawn']);
    assert.equal(
      (await town.refused(shop, 'withdraw-listing', { id: listing.id })).code,
      'listing-withdrawn',
    );
    const shown = await town.done<Page<Listing>>(shop, 'list-listings', { state: 'withdrawn' });
    assert.deepEqual(
      shown.rows.map((row) => [row.stock, row.taken]),
      [[2, 8]],
    );
    await town.end();
  });

  test(`${engine}: ten thousand listings are paged by their own order and searched`, async () => {
    const town = await openTown(engine, 'pages', {}, false);
    const shop = await town.party('shop');
    await town.done(shop, 'open-storefront', { name: 'The shop' });
    await addMany(town, shop, 10_000);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page: Page<Listing> = await town.done(shop, 'list-listings', {
        limit: 200,
        ...(after && { after }),
      });
      assert.equal(page.total, 10_000);
      seen.push(...page.rows.map((row) => row.number));
      after = page.next;
    } while (after);
    assert.deepEqual(
      seen,
      Array.from({ length: 10_000 }, (_, i) => `n${9_999 - i}`),
    );
    const found = await town.done<Page<Listing>>(shop, 'list-listings', { search: 'TRÜMPET no 77' });
    assert.equal(found.total, 111);
    const none = await town.done<Page<Listing>>(shop, 'list-listings', { search: '100%' });
    assert.equal(none.total, 0);
    assert.equal((await town.refused(shop, 'list-listings', { after: 'x' })).code, 'cursor-malformed');
    await town.end();
  });
}
