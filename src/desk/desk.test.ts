import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import type { Told } from '../kernel/many.ts';
import { isFailure } from '../kernel/result.ts';
import { cellAround, DAY } from '../market/testing.ts';
import { releaseOffer, reserveOffer } from './index.ts';
import type { Listing, OwnAnswer, SeenCast } from './model.ts';
import { accept, addMany, openTown, trumpet } from './testing.ts';

interface Page<T> {
  rows: T[];
  next?: string;
  total: number;
}

for (const engine of engines()) {
  test(`${engine}: a want is quoted what fits at once, and what comes later until it is closed`, async () => {
    const town = await openTown(engine, 'quotes');
    const [shop, wanter] = [await town.vendor('shop'), await town.home('wanter')];
    const publish = (change: object = {}) =>
      town.done<Listing>(shop, 'publish-listing', trumpet(town.deps, change));
    const first = await publish();
    await publish({ title: 'Too dear', price: { unit: 'EUR', value: '90000' } });
    await publish({ title: 'Too late', delivery: { how: 'post', days: 100 } });
    await publish({ title: 'Other terms', acceptsTerms: ['SD-BASE-A'] });
    await publish({ title: 'For firms', demands: { buyers: ['organisation'] } });
    await town.idle();
    const cast = await town.cast(wanter, cellAround());
    await town.idle();
    const quoted = (): string[] => cast.quotes.map((quote) => quote.listing.id);
    assert.deepEqual(quoted(), [first.id]);
    assert.equal(cast.quotes[0]?.more, false);
    assert.deepEqual(cast.quotes[0]?.standing, { kept: 0, late: 0, broken: 0, repaired: 0, records: [] });

    const later = await publish({ title: 'Another trumpet' });
    await town.idle();
    assert.deepEqual(quoted(), [first.id, later.id], 'a new listing meets open casts');
    await town.close(wanter, cast);
    await town.idle();
    await publish({ title: 'After the end' });
    await town.idle();
    assert.equal(quoted().length, 2, 'a closed want is quoted nothing');
    await town.end();
  });

  test(`${engine}: a vendor answers by hand what the market shows, once, and it is taken once`, async () => {
    const town = await openTown(engine, 'by-hand');
    const [shop, maker, other] = [
      await town.vendor('shop'),
      await town.vendor('maker'),
      await town.vendor('other'),
    ];
    const wanter = await town.home('wanter');
    await town.done(shop, 'publish-listing', trumpet(town.deps));
    for (const hand of [maker, other]) {
      await town.done(hand, 'publish-listing', trumpet(town.deps, { mode: 'by-hand' }));
    }
    await town.idle();
    const cast = await town.cast(wanter, cellAround());
    await town.idle();
    const seenBy = async (home: string) => (await town.done<Page<SeenCast>>(home, 'list-casts', {})).rows;
    const [seen, theirs] = [(await seenBy(maker))[0], (await seenBy(other))[0]];
    assert(seen && theirs);
    assert.notEqual(seen.alias, cast.castId);
    assert.notEqual(seen.alias, theirs.alias, 'two vendors who compare cannot tell that it is one want');
    assert.match(seen.words, /^Trumpets, around Ghent.*, up to €500, within three months$/);
    assert.deepEqual(await seenBy(shop), [], 'who answers by itself is shown nothing');

    const answer = {
      alias: seen.alias,
      title: 'A trumpet made for you',
      price: { unit: 'EUR', value: '28000' },
      until: town.deps.clock.now() + 10 * DAY,
      delivery: { how: 'pickup', days: 20 },
      note: 'With a case.',
    };
    const given = await town.done<OwnAnswer>(maker, 'answer-intent', answer);
    await town.idle();
    const passedOn = cast.answers.map(({ answer: it }) => [it.id, it.value.price.value, it.value.terms]);
    assert.deepEqual(passedOn, [[given.id, '28000', ['SD-BASE']]]);
    assert.equal((await town.refused(maker, 'answer-intent', answer)).code, 'already-answered');
    assert.equal(await accept(town, maker, given.id, 1, 'another'), 'offer-unknown');
    assert.equal(await accept(town, maker, given.id, 2, seen.alias), 'agreement-differs', 'it is for one');
    assert.equal(await accept(town, maker, given.id, 1, seen.alias), 'taken');
    assert.equal(await accept(town, maker, given.id, 1, seen.alias), 'offer-gone', 'it is taken once');
    const answers = await town.done<Page<OwnAnswer>>(maker, 'list-answers', {});
    assert.deepEqual(
      answers.rows.map((row) => row.state),
      ['taken'],
    );

    await town.close(wanter, cast);
    await town.idle();
    assert.deepEqual(
      (await seenBy(other)).map((row) => row.state),
      ['closed'],
    );
    assert.equal((await town.refused(other, 'decline-cast', { alias: theirs.alias })).code, 'cast-over');
    await town.end();
  });

  test(`${engine}: an acceptance is late, withdrawn, different or unknown, and then nothing is taken`, async () => {
    const town = await openTown(engine, 'codes');
    const shop = await town.vendor('shop');
    const publish = (change: object) =>
      town.done<Listing>(shop, 'publish-listing', trumpet(town.deps, change));
    const old = await publish({ number: 'one', stock: 1 });
    const now = await publish({ number: 'one', stock: 1, price: { unit: 'EUR', value: '20000' } });
    const hand = await publish({ mode: 'by-hand', title: 'By hand' });
    assert.equal(now.number, old.number);
    assert.equal(await accept(town, shop, old.id), 'offer-withdrawn', 'another one stands in its place');
    assert.equal(await accept(town, shop, 'nothing'), 'offer-unknown');
    assert.equal(await accept(town, shop, hand.id), 'offer-unknown', 'it does not answer by itself');
    assert.equal(await accept(town, shop, now.id, 1, 'alias'), 'offer-unknown');
    assert.equal(await accept(town, shop, now.id, 2), 'offer-gone');
    const totals: unknown[] = [];
    const refusedByCheck = await town.deps.storage.transact(shop, (tx) =>
      reserveOffer(tx, town.deps, {
        offer: now.id,
        alias: null,
        quantity: 3,
        check: (own) => totals.push(own.totalFor(3), own.title, own.terms) < 0,
      }),
    );
    assert.equal(isFailure(refusedByCheck) && refusedByCheck.code, 'agreement-differs');
    assert.deepEqual(totals.slice(-3), [{ unit: 'EUR', value: '60000' }, 'A student trumpet', ['SD-BASE']]);
    assert.equal(await accept(town, shop, now.id), 'taken');
    assert.equal(await accept(town, shop, now.id), 'offer-gone');
    await town.deps.storage.transact(shop, (tx) =>
      releaseOffer(tx, town.deps, { offer: now.id, quantity: 1 }),
    );
    assert.equal(await accept(town, shop, now.id), 'taken', 'what was put back can be taken');
    town.deps.clock.advance(61 * DAY);
    assert.equal(await accept(town, shop, now.id), 'offer-late');
    await town.end();
  });

  test(`${engine}: fifty acceptances of a stock of seven, and a withdrawal among them`, async () => {
    const town = await openTown(engine, 'stock');
    const [shop, wanter] = [await town.vendor('shop'), await town.home('wanter')];
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
    const shop = await town.vendor('shop');
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
    assert.equal((await town.refused(shop, 'list-listings', { after: 'x' })).code, 'cursor-unknown');
    await town.end();
  });

  test(`${engine}: listings are withdrawn together, and a list answers all ids a thousand at a time`, async () => {
    const town = await openTown(engine, 'many', {}, false);
    const shop = await town.vendor('shop');
    await addMany(town, shop, 1_200);
    const search = { search: 'no 11', idsOnly: true };
    const found = await town.done<Page<Listing> & { ids: string[] }>(shop, 'list-listings', search);
    assert.deepEqual([found.rows, found.ids.length, found.total], [[], 111, 111]);
    const all: string[] = [];
    let after: string | undefined;
    do {
      const asked = { idsOnly: true, ...(after && { after }) };
      const page = await town.done<Page<Listing> & { ids: string[] }>(shop, 'list-listings', asked);
      all.push(...page.ids);
      after = page.next;
    } while (after);
    assert.equal(new Set(all).size, 1_200);

    const told = await town.done<Told>(shop, 'withdraw-listings', { ids: [...found.ids, 'nothing'] });
    assert.deepEqual(told.done, found.ids);
    assert.deepEqual(
      told.not.map((it) => [it.id, it.code]),
      [['nothing', 'listing-unknown']],
    );
    const again = await town.done<Told>(shop, 'withdraw-listings', { ids: all.slice(0, 1_000) });
    assert.equal(again.done.length + again.not.length, 1_000);
    assert.deepEqual([...new Set(again.not.map((it) => it.code))], ['listing-withdrawn']);
    const gone = await town.done<Page<Listing>>(shop, 'list-listings', { state: 'withdrawn' });
    assert.equal(gone.total, found.ids.length + again.done.length);
    await town.end();
  });

  test(`${engine}: wants are found by what they say, and set aside together`, async () => {
    const town = await openTown(engine, 'asides');
    const [maker, wanter] = [await town.vendor('maker'), await town.home('wanter')];
    await town.done(maker, 'publish-listing', trumpet(town.deps, { mode: 'by-hand' }));
    await town.idle();
    const [dear, cheap] = [cellAround(), cellAround({ budget: { unit: 'EUR', upTo: '100000' } })];
    for (const cell of [dear, cheap, cheap]) {
      await town.cast(wanter, cell);
      await town.idle();
    }
    const found = async (search: string) =>
      (await town.done<Page<SeenCast>>(maker, 'list-casts', { search })).rows.map((row) => row.words);
    const all = await town.done<Page<SeenCast>>(maker, 'list-casts', {});
    assert.equal(all.total, 3);
    assert.equal((await found('TRUMPETS ghent €1,000')).length, 2, 'every word, in any order and case');
    assert.match((await found('€500 trumpets')).join('; '), /^Trumpets, [^;]*€500, within three months$/);
    assert.deepEqual(await found('saxophones'), []);
    assert.equal((await found('  ')).length, 3);

    const ids = all.rows.map((row) => row.alias);
    const told = await town.done<Told>(maker, 'decline-casts', { ids: [...ids, 'nobody'] });
    assert.deepEqual([told.done, told.not.map((it) => it.code)], [ids, ['cast-unknown']]);
    const waiting = await town.done<Page<SeenCast>>(maker, 'list-casts', {
      answered: false,
      search: 'trumpets',
    });
    assert.deepEqual([waiting.rows, waiting.total], [[], 0]);
    await town.end();
  });
}
