import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import { ownStorefront } from '../desk/index.ts';
import type { Listing as OwnListing, SeenCast, Storefront } from '../desk/model.ts';
import { cellAround, DAY, openTown, type RawCast, type Town, trumpet } from '../desk/testing.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { must } from '../kernel/result.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import { makeInboxPath, NODE_HOME } from '../parties/index.ts';
import { keyOf } from '../records/index.ts';
import { tables } from '../storage/index.ts';
import { type Cell, cellId } from './cells.ts';
import { entriesOf, putEntry } from './directory.ts';
import {
  readOutcome,
  readTable,
  signCast,
  signCastClosed,
  signListing,
  signOutcome,
  signTicket,
  signWithdrawal,
} from './documents.ts';
import { ensureMarket } from './ensure-market.ts';
import { keepMarkets } from './keep-markets.ts';
import type { ListingContent, OutcomeResult, Table } from './model.ts';
import { wireJson } from './store.ts';
import type { MarketTables } from './tables.ts';

const SENSITIVE = 'hb-1-1';

/** Asks for the newest table and reads it as a wanter's home does. */
async function askTable(town: Town, home: string): Promise<Table> {
  const inbox = makeInboxPath(town.deps.nodeKey, home, town.deps.random);
  await town.tell(home, 'somebody', 'cells-wanted', { reply: { host: town.deps.host, inbox } });
  await town.idle();
  const parts = town.received('cells').filter((it) => it.to === inbox);
  assert.equal(parts.length, 1);
  const key = keyOf(town.market.key);
  assert(key);
  return must(readTable(parts[0]?.body.table, key)).value;
}

async function castMany(town: Town, home: string, cell: Cell, tokens: readonly string[]): Promise<RawCast[]> {
  const casts = [];
  for (const token of tokens) casts.push(await town.cast(home, cell, { token }));
  await town.idle();
  return casts;
}

/** The key that signs for a home's only storefront. */
async function storefrontOf(
  town: Town,
  home: string,
): Promise<{ id: string; key: SigningKey; ref: ListingContent['storefront'] }> {
  const [first] = (await town.done<{ rows: Storefront[] }>(home, 'list-storefronts', {})).rows;
  const own = await town.deps.storage.transact(home, (tx) => ownStorefront(tx, town.deps, first?.id ?? ''));
  assert(own);
  return own;
}

for (const engine of engines()) {
  test(`${engine}: the table counts each account once, in steps, at the end of the epoch`, async () => {
    const town = await openTown(engine, 'table');
    const wanter = await town.vendor('wanter');
    const cell = cellAround();
    assert.deepEqual((await askTable(town, wanter)).rows, [], 'nothing has been cast yet');
    const [first] = await castMany(town, wanter, cell, ['a', 'b', 'c', 'd', 'e', 'a', 'a']);
    await castMany(town, wanter, cellAround({ time: '7d' }), ['lonely']);
    await castMany(town, wanter, cellAround({ category: SENSITIVE }), ['s1', 's2', 's3']);
    await castMany(town, wanter, cellAround({ category: SENSITIVE, time: 'any' }), ['t1', 't2', 't3', 't4']);
    await town.cast(wanter, cell);
    const epoch = Math.floor(town.deps.clock.now() / (7 * DAY));
    const other = signingKey(town.deps.random.bytes(32));
    await town.cast(wanter, cell, { token: 'f', forged: { attester: other } });
    await town.cast(wanter, cell, { token: 'g', forged: { epoch: epoch - 1 } });
    await town.cast(wanter, cell, { token: 'h', forged: { market: other.kid } });
    await town.idle();
    assert.deepEqual((await askTable(town, wanter)).rows, [], 'within an epoch the table stands still');

    town.deps.clock.advance(7 * DAY);
    const table = await askTable(town, wanter);
    assert.deepEqual(table.steps.slice(0, 4), [2, 4, 10, 20]);
    assert.deepEqual(
      table.rows,
      [
        [cellId(cell), 1],
        [cellId(cellAround({ category: SENSITIVE, time: 'any' })), 1],
      ].sort(),
      'five accounts are at least four; three for something sensitive are too few, four are not',
    );
    assert.deepEqual([table.market, table.number, table.smallest], [town.market.id, 2, 2]);
    const listed = await town.done<{ rows: { atLeast: number; words: string }[]; total: number }>(
      wanter,
      'list-cells',
      { search: 'trumpets' },
    );
    assert.deepEqual(
      listed.rows.map((row) => row.atLeast),
      [4],
    );

    // New accounts in a later epoch are not added to the old ones: some may be the same people.
    await castMany(town, wanter, cell, ['n1', 'n2']);
    assert(first);
    await town.close(wanter, first);
    await town.idle();
    town.deps.clock.advance(7 * DAY);
    const next = await askTable(town, wanter);
    assert.deepEqual(
      next.rows.find(([id]) => id === cellId(cell)),
      [cellId(cell), 1],
      'b, c, d, e remain',
    );
    town.deps.clock.advance(30 * DAY);
    assert.deepEqual((await askTable(town, wanter)).rows, [], 'what is over is not counted');
    await town.end();
  });

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
    const theirs = await storefrontOf(town, thief);
    const mine = await storefrontOf(town, shop);
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
    const mine = await storefrontOf(town, shop);
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
        from: town.market.id,
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

test('caps: three quotes of one vendor, forty at once, sixty in all, and twenty answers', async () => {
  const town = await openTown('sqlite', 'caps', {}, false);
  const wanter = await town.vendor('wanter');
  for (let v = 0; v < 22; v++) {
    const vendor = await town.vendor(`v${v}`);
    for (let i = 0; i < 4; i++)
      await town.done(vendor, 'publish-listing', trumpet(town.deps, { title: `Trumpet ${v}.${i}` }));
  }
  const hands = [];
  for (let v = 0; v < 23; v++) {
    const hand = await town.vendor(`h${v}`);
    hands.push(hand);
    await town.done(hand, 'publish-listing', trumpet(town.deps, { mode: 'by-hand' }));
  }
  await town.idle();
  const cast = await town.cast(wanter, cellAround());
  await town.idle();
  assert.equal(cast.quotes.length, 40);
  assert.ok(
    cast.quotes.every((quote) => quote.more),
    'and it is said that there are more',
  );
  const perVendor = Map.groupBy(cast.quotes, (quote) => quote.listing.value.storefront.id);
  assert.ok([...perVendor.values()].every((quotes) => quotes.length <= 3));
  const asked = town.received('quotes').at(-1)?.body.asked;
  assert.equal(asked, 23, 'the wanter hears how many were asked to answer by hand');
  for (let v = 0; v < 25; v++) {
    const vendor = await town.vendor(`late${v}`);
    await town.done(vendor, 'publish-listing', trumpet(town.deps));
  }
  await town.idle();
  assert.equal(cast.quotes.length, 60);

  const codes: (string | undefined)[] = [];
  for (const hand of hands) {
    const [seen] = (await town.done<{ rows: SeenCast[] }>(hand, 'list-casts', {})).rows;
    const answer = {
      alias: seen?.alias,
      title: 'By hand',
      price: { unit: 'EUR', value: '10000' },
      until: town.deps.clock.now() + DAY,
      delivery: { how: 'pickup' },
    };
    if (codes.length < 20) await town.done(hand, 'answer-intent', answer);
    else codes.push((await town.refused(hand, 'answer-intent', answer)).code);
    if (codes.length < 20) codes.push('sent');
    await town.idle();
  }
  assert.equal(cast.answers.length, 20);
  assert.deepEqual(codes.slice(20), ['cast-full', 'cast-full', 'cast-full']);
  const aliases = new Set(cast.answers.map((it) => it.answer.value.alias));
  assert.equal(aliases.size, 20, 'each vendor has its own name for the want');
  assert.ok(!aliases.has(cast.castId));
  await town.end();
});

test('outcomes count once each, are repaired once, and travel with the vendor’s quotes', async () => {
  const town = await openTown('sqlite', 'outcomes');
  const [shop, thief, wanter] = [
    await town.vendor('shop'),
    await town.vendor('thief'),
    await town.vendor('wanter'),
  ];
  await town.done(shop, 'publish-listing', trumpet(town.deps));
  const mine = await storefrontOf(town, shop);
  const theirs = await storefrontOf(town, thief);
  const { random } = town.deps;
  const key = signingKey(random.bytes(32));
  const ticketOf = (signer: SigningKey, of = key) =>
    signTicket({ storefront: mine.id, key: toBase64url(of.publicKey) }, signer, random).wire;
  const tell = (ticket: ReturnType<typeof ticketOf>, result: OutcomeResult, signer = key) => {
    const outcome = signOutcome({ storefront: mine.id, result, on: '2027-01-15' }, signer, random).wire;
    return town.tell(wanter, signer.kid, 'outcome', { ticket: wireJson(ticket), outcome: wireJson(outcome) });
  };
  await town.idle();
  const ticket = ticketOf(mine.key);
  assert.equal(
    await tell(ticketOf(theirs.key), 'kept'),
    'record-malformed',
    'the vendor has not signed that ticket',
  );
  assert.equal(await tell(ticket, 'kept', theirs.key), 'record-malformed', 'another key than the ticket’s');
  assert.equal(
    await tell(ticketOf(mine.key, mine.key), 'kept', mine.key),
    'record-malformed',
    'one key for both',
  );
  assert.equal(await tell(ticket, 'late'), undefined);
  assert.equal(await tell(ticket, 'kept'), 'outcome-known');
  assert.equal(await tell(ticket, 'repaired'), undefined);
  assert.equal(await tell(ticket, 'repaired'), 'outcome-known');
  const second = signingKey(random.bytes(32));
  assert.equal(await tell(ticketOf(mine.key, second), 'kept', second), undefined);
  const cast = await town.cast(wanter, cellAround());
  await town.idle();
  const standing = cast.quotes[0]?.standing;
  assert.deepEqual({ ...standing, records: 0 }, { kept: 1, late: 0, broken: 0, repaired: 1, records: 0 });
  const results = standing?.records.map(
    (record) => must(readOutcome(record, mine.key.publicKey)).value.result,
  );
  assert.deepEqual(results, ['kept', 'repaired'], 'the newest first, each with both signatures');
  await town.end();
});

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
