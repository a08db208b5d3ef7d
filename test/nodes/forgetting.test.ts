import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY, trumpet, trumpetWanted } from '../story/goods.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, openRelationship, type Rows, shop, talk } from './loop.ts';

const TABLES = {
  home: ['intents', 'intent_casts', 'intent_offers', 'proffers', 'documents'],
  vendor: ['desk_items', 'desk_offers', 'desk_casts', 'desk_holds', 'proffers', 'documents', 'counterparts'],
  market: ['market_cells', 'market_casts', 'market_quotes', 'market_holds', 'drop_letters', 'outbox'],
} as const;

async function countsOf(node: TestNode, names: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    const { rows } = await node.deps.storage.read(({ db }) =>
      sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db),
    );
    counts[name] = Number(rows[0]?.n);
  }
  return counts;
}

/** A want that offers came for and that its owner closed; with terms proffered about one of them that nobody answers. */
async function wantInVain(hub: Hub, home: TestNode): Promise<void> {
  const markets = await home.done<Rows<{ id: string }>>('add-market', { host: 'market.example' }, maya);
  const market = markets.rows[0]?.id;
  const fields = trumpetWanted(home.deps.clock.now(), { words: 'another trumpet' });
  const preview = await home.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields, market },
    maya,
  );
  const choice = preview.choices.at(-1)?.cell.id;
  const cast = { fields, market, choice, ifBelow: 'hold' };
  const { id } = await home.done<{ id: string }>('cast-intent', cast, maya);
  await hub.idle();
  let rows: { id: string }[] = [];
  // A piece is set aside first: two journeys more, and a look into the box.
  for (let look = 0; look < 10 && rows.length === 0; look++) {
    await hub.idle();
    rows = (await home.done<Rows<{ id: string }>>('list-offers', { intent: id }, maya)).rows;
  }
  assert(rows.length > 0);
  await home.done('proffer-terms', { to: rows[0]?.id, ids: ['SD-BASE'] }, maya);
  await hub.idle();
  await home.done('close-intent', { id }, maya);
  await hub.idle();
}

for (const engine of engines()) {
  test(`${engine}: what nobody may still need is forgotten in time, and what was agreed is kept`, async () => {
    const hub = openHub(`forgetting ${engine}`);
    try {
      const home = await hub.open('home.example', engine);
      const vendor = await hub.open('shop.example', engine);
      const market = await hub.open('market.example', engine);
      const relationship = await openRelationship(hub, home, vendor);
      await talk(hub, home, vendor, relationship);
      const now = vendor.deps.clock.now();
      const { id } = await vendor.done<{ id: string }>(
        'publish-listing',
        trumpet(now, { title: 'Two' }),
        shop,
      );
      await hub.idle();
      await vendor.done('publish-listing', { id, ...trumpet(now, { title: 'Two, cheaper' }) }, shop);
      await hub.idle();
      await wantInVain(hub, home);
      const nodes = { home, vendor, market };
      const counted = async () => ({
        home: await countsOf(home, TABLES.home),
        vendor: await countsOf(vendor, TABLES.vendor),
        market: await countsOf(market, TABLES.market),
      });
      const before = await counted();
      assert.deepEqual([before.home.intent_offers, before.home.intent_casts], [2, 2]);
      assert.deepEqual([before.vendor.desk_offers, before.vendor.proffers], [3, 1]);
      assert.ok((before.market.market_cells ?? 0) > 0);
      for (const node of Object.values(nodes)) await node.reopen(() => node.clock?.advance(500 * DAY));
      for (let round = 0; round < 3; round++) for (const node of Object.values(nodes)) await node.idle();
      const after = await counted();
      // The want that led to the agreement, its offer and its cast; the other want in its owner's words.
      assert.deepEqual(
        [after.home.intents, after.home.intent_offers, after.home.intent_casts, after.home.proffers],
        [2, 1, 1, 0],
      );
      // The listing that was sold, and the one that stands under its number; the version before is gone.
      assert.deepEqual([after.vendor.desk_items, after.vendor.desk_offers, after.vendor.proffers], [2, 2, 0]);
      assert.ok((before.market.outbox ?? 0) > 0);
      assert.deepEqual(Object.values(after.market), [0, 0, 0, 0, 0, 0]);
      assert.equal(after.vendor.counterparts, before.vendor.counterparts);
      assert.equal(after.home.documents, (before.home.documents ?? 0) - 1, 'the proffer alone');
      const agreed = await home.done<{ signatures: object }>('get-agreement', { relationship }, maya);
      assert.deepEqual(agreed.signatures, { buyer: true, seller: true });
      await home.done('list-offers', { intent: (await intentsOf(home))[0] }, maya);
    } finally {
      await hub.close();
    }
  });
}

async function intentsOf(node: TestNode): Promise<string[]> {
  return (await node.done<Rows<{ id: string }>>('list-intents', {}, maya)).rows.map((row) => row.id);
}
