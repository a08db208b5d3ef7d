import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import type { Listing as OwnListing } from '../desk/model.ts';
import { openTown, signerOf, trumpet } from '../desk/testing.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { signingKey } from '../kernel/signing.ts';
import { asIdentity, NODE_HOME } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import { entriesOf, putEntry } from './directory.ts';
import { signCast, signCastClosed, signListing, signWithdrawal } from './documents.ts';
import { ensureMarket } from './ensure-market.ts';
import { keepMarkets } from './keep-markets.ts';
import type { ListingContent } from './model.ts';
import { wireJson } from './store.ts';
import type { MarketTables } from './tables.ts';
import { cellAround, DAY } from './testing.ts';

for (const engine of engines()) {
  test(`${engine}: what is forged, foreign or out of place is refused with its code`, async () => {
    const town = await openTown(engine, 'forged');
    const [shop, thief, wanter] = [
      await town.vendor('shop'),
      await town.vendor('thief'),
      await town.vendor('wanter'),
    ];
    const listing = await town.done<OwnListing>(shop, 'publish-listing', trumpet(town.deps));
    const cast = await town.cast(wanter, cellAround());
    await town.idle();
    const { random, clock } = town.deps;
    const theirs = await signerOf(town, thief);
    const mine = await signerOf(town, shop);
    const content = {
      castId: cast.castId,
      key: toBase64url(cast.key.publicKey),
      cell: cellAround(),
      reply: { host: 'here', inbox: 'x' },
      until: clock.now() + DAY,
    };
    const tellCast = (change: object, key = cast.key, from = key.kid) =>
      town.tell(wanter, from, 'cast', {
        cast: wireJson(signCast({ ...content, ...change }, key, random).wire),
      });
    const fresh = signingKey(random.bytes(32));
    const asFresh = { key: toBase64url(fresh.publicKey), castId: 'fresh' };
    assert.equal(await tellCast({}), 'cast-known');
    assert.equal(await tellCast({}, fresh), 'record-malformed', 'another key than it names');
    assert.equal(
      await tellCast(asFresh, fresh, cast.key.kid),
      'record-malformed',
      'another sender than its key',
    );
    assert.equal(await tellCast({ ...asFresh, until: clock.now() }, fresh), 'cast-over');
    assert.equal(await tellCast({ ...asFresh, until: clock.now() + 900 * DAY }, fresh), 'cast-too-long');
    assert.equal(
      await tellCast({ ...asFresh, cell: cellAround({ category: 'zz-9' }) }, fresh),
      'cell-unknown',
    );
    assert.equal(
      await tellCast({ ...asFresh, cell: cellAround({ area: 'g0:9999:1' }) }, fresh),
      'record-malformed',
    );
    assert.equal(
      await tellCast({ ...asFresh, cell: { ...cellAround(), budget: { unit: 'EUR', upTo: '123' } } }, fresh),
      'record-malformed',
    );

    const closed = signCastClosed({ castId: cast.castId }, fresh, random);
    assert.equal(
      await town.tell(wanter, fresh.kid, 'cast-closed', { closed: wireJson(closed.wire) }),
      'record-malformed',
    );
    const gone = signWithdrawal({ listing: listing.id, storefront: mine.id }, theirs.key, random);
    const body = { withdrawal: wireJson(gone.wire) };
    assert.equal(await town.tell(thief, mine.id, 'listing-withdraw', body), 'record-malformed');
    assert.equal(await town.tell(thief, theirs.id, 'listing-withdraw', body), 'record-malformed');
    assert.equal(await town.tell(thief, 'nobody', 'listing-withdraw', body), 'storefront-unknown');
    assert.equal(
      await town.tell(thief, theirs.id, 'storefront-open', { storefront: 'x' }),
      'record-malformed',
    );
    const again = await town.cast(wanter, cellAround());
    await town.idle();
    assert.equal(again.quotes.length, 1, 'the listing is still there');
    await town.end();
  });

  test(`${engine}: a listing that may not stand is refused alone, and its vendor sees why`, async () => {
    const town = await openTown(engine, 'refused', { fee: { perMille: 25, payer: 'seller' } });
    const [shop, wanter] = [await town.vendor('shop'), await town.vendor('wanter')];
    const refused = (change: object) => town.refused(shop, 'publish-listing', trumpet(town.deps, change));
    assert.equal((await refused({ category: 'ae' })).code, 'category-too-broad');
    assert.equal((await refused({ category: 'nothing' })).code, 'category-unknown');
    assert.equal((await refused({ until: town.deps.clock.now() })).code, 'listing-expired');
    assert.equal((await refused({ until: town.deps.clock.now() + 900 * DAY })).code, 'listing-too-long');
    const fee = { label: 'Post', payer: 'buyer', to: 'Post', amount: { unit: 'USD', value: '5' } };
    assert.equal((await refused({ fees: [fee] })).code, 'fees-differ');
    assert.equal((await refused({ price: { unit: 'EUR', value: '-5' } })).code, 'input-invalid');
    const good = await town.done<OwnListing>(
      shop,
      'publish-listing',
      trumpet(town.deps, { price: { unit: 'EUR', value: '9999' } }),
    );
    assert.deepEqual(good.fees, [
      { label: 'Market fee', payer: 'seller', to: 'Town market', amount: { unit: 'EUR', value: '250' } },
    ]);

    // A home of its own making sends one without the fee beside one that is right.
    const mine = await signerOf(town, shop);
    const [{ payload }] = (await town.deps.storage.read((view) =>
      tables<{ desk_offers: { payload: Uint8Array } }>(view)
        .selectFrom('desk_offers')
        .select('payload')
        .execute(),
    )) as [{ payload: Uint8Array }]; // there is one
    const content: ListingContent = JSON.parse(Buffer.from(payload).toString('utf8'));
    const cheat = signListing({ ...content, fees: [], number: 'cheat' }, mine.key, town.deps.random);
    const right = signListing({ ...content, number: 'right' }, mine.key, town.deps.random);
    const listings = [cheat, right].map((it) => wireJson(it.wire));
    assert.equal(await town.tell(shop, mine.id, 'listing-publish', { listings }), undefined);
    const cast = await town.cast(wanter, cellAround());
    await town.idle();
    assert.deepEqual(cast.quotes.map((it) => it.listing.value.number).sort(), [good.number, 'right'].sort());
    const market = { storefront: mine.id, refused: [{ id: good.id, code: 'fee-missing' }] };
    await town.deps.storage.transact(town.market.home, async (tx) => {
      const { send } = await import('../delivery/index.ts');
      await send(tx, town.deps, {
        to: mine.ref.address,
        as: asIdentity(town.market.id),
        type: 'listings-refused',
        body: market,
      });
    });
    await town.idle();
    const shown = await town.done<{ rows: OwnListing[] }>(shop, 'list-listings', {});
    assert.equal(shown.rows[0]?.problem?.code, 'fee-missing');
    await town.end();
  });
}

test('a market is made once, goes on where it was interrupted, and finds everything after a release', async () => {
  const town = await openTown('sqlite', 'again');
  const { deps } = town;
  const same = await ensureMarket(deps, { name: 'Town market' });
  assert.equal(same.id, town.market.id);
  const [entry] = await deps.storage.read((view) => entriesOf(view));
  assert(entry);
  const { id: _id, document: _document, ...begun } = entry;
  await deps.storage.transact(NODE_HOME, (tx) => putEntry(tx, begun));
  assert.equal((await ensureMarket(deps, { name: 'Town market' })).id, town.market.id);
  const sample = await ensureMarket(deps, { name: 'Sample', sample: 'sample' });
  assert.deepEqual(
    [sample.isSample, sample.rules.counts, sample.rules.smallest],
    [true, 'sample people', 20],
  );

  const [shop, wanter] = [await town.vendor('shop'), await town.vendor('wanter')];
  await town.done(shop, 'publish-listing', trumpet(deps));
  await town.cast(wanter, cellAround());
  await town.idle();
  await deps.storage.transact(town.market.home, async (tx) => {
    await tables<MarketTables>(tx).updateTable('markets').set({ categories: 'older' }).execute();
    await tables<MarketTables>(tx)
      .updateTable('market_ways')
      .set({ category_from: 1, category_to: 2 })
      .execute();
    await tables<MarketTables>(tx)
      .updateTable('market_cells')
      .set({ category_from: 1, category_to: 2 })
      .execute();
  });
  await keepMarkets(deps);
  const cast = await town.cast(wanter, cellAround());
  await town.idle();
  assert.equal(cast.quotes.length, 1);
  await town.done(shop, 'publish-listing', trumpet(deps, { title: 'Another' }));
  await town.idle();
  assert.equal(cast.quotes.length, 2, 'cells are found again too');
  await town.end();
});

test('what is over is forgotten: ways back, casts, tokens, listings', async () => {
  const town = await openTown('sqlite', 'forget');
  const [shop, wanter] = [await town.vendor('shop'), await town.home('wanter')];
  await town.done(shop, 'publish-listing', trumpet(town.deps, { until: town.deps.clock.now() + 20 * DAY }));
  await town.cast(wanter, cellAround(), { token: 'a', days: 10 });
  await town.idle();
  const count = (table: keyof MarketTables) =>
    town.deps.storage.read(
      async (view) => (await tables<MarketTables>(view).selectFrom(table).selectAll().execute()).length,
    );
  const counts = async () => {
    const names = [
      'market_casts',
      'market_quotes',
      'market_tokens',
      'market_listings',
      'market_ways',
    ] as const;
    return Promise.all(names.map(count));
  };
  assert.deepEqual(await counts(), [1, 1, 1, 1, 1]);
  town.deps.clock.advance(11 * DAY);
  await keepMarkets(town.deps);
  assert.deepEqual(await counts(), [1, 1, 0, 1, 1]);
  const [cast] = await town.deps.storage.read((view) =>
    tables<MarketTables>(view).selectFrom('market_casts').select(['is_open', 'host', 'inbox']).execute(),
  );
  assert.deepEqual(cast, { is_open: false, host: null, inbox: null });
  town.deps.clock.advance(30 * DAY);
  await keepMarkets(town.deps);
  assert.deepEqual(await counts(), [0, 0, 0, 0, 0]);
  const market = await town.done<{ counts: { listings: number; vendors: number } }>(shop, 'show-market', {});
  assert.deepEqual([market.counts.listings, market.counts.vendors], [0, 1]);
  await town.end();
});
