import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { TestNode } from '../harness/node.ts';
import { trumpet } from '../story/goods.ts';
import { openHub } from './hub.ts';
import { agree, maya, type Rows, sell, shop, stuck, talk, want } from './loop.ts';
import { move } from './moving.ts';

const HOUR = 3_600_000;

interface Signed {
  readonly key: string;
  readonly host: string;
}

const signedIn = (payload: Uint8Array): Signed => {
  const { storefront } = JSON.parse(Buffer.from(payload).toString());
  return { key: storefront.key, host: storefront.address.host };
};

/** By whom what the market lists is signed. */
async function listedAt(market: TestNode): Promise<Signed[]> {
  const { rows } = await market.deps.storage.read(({ db }) =>
    sql<{ payload: Uint8Array }>`select payload from market_listings order by number`.execute(db),
  );
  return rows.map(({ payload }) => signedIn(payload));
}

/** When the listings in force of each storefront were signed; those of one are signed together. */
async function signedAt(vendor: TestNode): Promise<number[]> {
  const { rows } = await vendor.deps.storage.read(({ db }) =>
    sql<{ at: number }>`select max(made_at) as at from desk_offers where state = 'open' group by storefront
      order by storefront`.execute(db),
  );
  return rows.map((row) => Number(row.at));
}

interface Offer {
  readonly id: string;
  readonly title: string;
  readonly state: string;
}

test('after a move listings are signed with the new key, each storefront at its own time, and what was quoted stands', async () => {
  const hub = openHub('resigned');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    const market = await hub.open('market.example');
    await sell(hub, vendor);
    const own = await vendor.done<Rows<{ id: string; address?: unknown }>>('list-markets', {}, shop);
    const { rows: open } = await vendor.done<Rows<{ market: { id: string } }>>('list-storefronts', {}, shop);
    const other = own.rows.find((it) => it.id !== open[0]?.market.id);
    const { id: elsewhere } = await vendor.done<{ id: string }>(
      'open-storefront',
      { name: 'The other shop', market: other?.id },
      shop,
    );
    const offer = await want(hub, home);
    const now = vendor.deps.clock.now();
    await vendor.done('publish-listing', trumpet(now, { title: 'One in the window' }), shop);
    await vendor.done('publish-listing', { ...trumpet(now), storefront: elsewhere }, shop);
    await hub.idle();
    const before = await listedAt(market);
    const moved = await hub.open('next.example');
    await move(hub, vendor, moved, shop);
    assert.deepEqual(await listedAt(market), before, 'nothing is signed in the moment of the move');
    const first = await signedAt(moved);
    for (let hours = 0; hours < 80; hours += 8) {
      for (const node of [home, vendor, market, moved]) node.clock?.advance(8 * HOUR);
      await moved.idle();
      await market.idle();
    }
    await hub.idle();
    const after = await listedAt(market);
    assert.equal(after.length, 2);
    for (const [i, { key, host }] of after.entries())
      assert.deepEqual([host, key === before[i]?.key], ['next.example', false]);
    const times = await signedAt(moved);
    assert.equal(times.length, 2);
    for (const [i, at] of times.entries()) assert.ok(at - (first[i] ?? 0) > HOUR);
    assert.ok(Math.abs((times[0] ?? 0) - (times[1] ?? 0)) > HOUR, 'each at its own time');
    const intents = await home.done<Rows<{ id: string }>>('list-intents', {}, maya);
    const { rows: offers } = await home.done<Rows<Offer>>(
      'list-offers',
      { intent: intents.rows[0]?.id },
      maya,
    );
    assert.deepEqual(
      offers.map((it) => it.state),
      ['open', 'open'],
      'no offer comes a second time',
    );
    await changedSince(hub, home, moved, offers);
    const relationship = await agree(hub, home, offer);
    await talk(hub, home, moved, relationship);
    assert.deepEqual(await stuck(moved, shop), []);
  } finally {
    await hub.close();
  }
});

/** An offer that was changed after it had been signed anew binds no more, under either key. */
async function changedSince(
  hub: ReturnType<typeof openHub>,
  home: TestNode,
  moved: TestNode,
  offers: readonly Offer[],
): Promise<void> {
  const title = 'One in the window';
  const { rows } = await moved.done<Rows<{ id: string; title: string }>>('list-listings', {}, shop);
  const id = rows.find((it) => it.title === title)?.id;
  const dearer = trumpet(moved.deps.clock.now(), { title, price: { unit: 'EUR', value: '29900' } });
  await moved.done('publish-listing', { id, ...dearer }, shop);
  const old = offers.find((it) => it.title === title)?.id;
  const accepted = await home.done<{ relationship: string }>('accept-offer', { offer: old }, maya);
  await hub.idle();
  const { state, refusal } = await home.done<{ state: string; refusal?: string }>(
    'get-relationship',
    { relationship: accepted.relationship },
    maya,
  );
  assert.deepEqual([state, refusal], ['refused', 'offer-withdrawn']);
}
