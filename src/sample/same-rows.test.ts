import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { signingKey } from '../kernel/signing.ts';
import { ensureMarket, listingChecker } from '../market/index.ts';
import { toWire } from '../records/index.ts';
import { draftsOf } from './listings.ts';
import { enterVendors, openVendor, type SampleMarket } from './load-vendor.ts';
import { SAMPLE } from './model.ts';
import { placeVendors } from './place-vendors.ts';
import { planVendors, type SampleSize, type VendorPlan } from './plan.ts';

const SMALL: SampleSize = {
  vendors: 12,
  listings: 300,
  casts: 0,
  people: 0,
  byHand: 3,
  categoriesPerVendor: 14,
};

/** Every table that an ordinary vendor's listing writes to, at its own desk and at the market. */
const TABLES = [
  ...['storefronts', 'desk_items', 'desk_offers', 'identities'],
  ...['market_storefronts', 'market_listings', 'market_ways'],
];

/** What differs between two vendors by their keys, ids and salts alone, and what follows from those. */
const DRAWN = new Set([
  'tie',
  'signatures',
  'inbox',
  'market_inbox',
  'node_key',
  'public_key',
  'salt',
  'key',
  'document',
]);

type Row = Record<string, unknown>;

async function rowsOf(node: TestNode, homes: Record<string, string>): Promise<Record<string, Row[]>> {
  return node.deps.storage.read(async (view) => {
    const found: Record<string, Row[]> = {};
    const names = new Map(Object.entries(homes).map(([name, home]) => [home, name]));
    for (const table of TABLES) {
      const query = sql<Row>`select * from ${sql.table(table)}`;
      found[table] = (await query.execute(view.db)).rows.filter((row) => names.has(String(row.home_id)));
    }
    for (const row of found.desk_items ?? []) names.set(String(row.listing), `listing ${row.number}`);
    for (const row of found.storefronts ?? [])
      names.set(String(row.id), 'storefront').set(String(row.market), 'market');
    for (const row of found.identities ?? [])
      names.set(String(row.id), `identity of ${names.get(String(row.home_id))}`);
    const plain = (rows: Row[]): Row[] =>
      rows
        .map((row) => undrawn(row, names) as Row) // a row stays one
        .sort(byText);
    return Object.fromEntries(Object.entries(found).map(([table, rows]) => [table, plain(rows)]));
  });
}

function undrawn(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (value instanceof Uint8Array) return undrawn(JSON.parse(Buffer.from(value).toString('utf8')), names);
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((inner) => undrawn(inner, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, DRAWN.has(name) ? 'drawn' : undrawn(inner, names)]),
  );
}

function byText(a: Row, b: Row): number {
  const text = (row: Row): string => JSON.stringify(row, (_, it) => (typeof it === 'bigint' ? `${it}n` : it));
  return text(a) < text(b) ? -1 : 1;
}

async function marketAndPlan(node: TestNode): Promise<{ market: SampleMarket; plan: VendorPlan }> {
  const market = await ensureMarket(node.deps, { name: 'Sample market', sample: SAMPLE });
  const plans = planVendors(seededRandom('p'), node.deps.places, node.deps.categories, SMALL);
  const plan = plans.find((it) => it.listings >= 20);
  assert.ok(plan);
  return { market, plan };
}

async function byTheSample(node: TestNode): Promise<Record<string, Row[]>> {
  const { market, plan } = await marketAndPlan(node);
  const [placed] = await placeVendors(node.deps, [plan]);
  assert.ok(placed);
  const checker = listingChecker();
  const opened = await openVendor(node.deps, market, checker, placed, seededRandom('v'), 0);
  await checker.close();
  await enterVendors(node.deps, market, [{ ...opened, outcomes: [] }]);
  return rowsOf(node, { vendor: placed.home, market: market.home });
}

async function byOperations(node: TestNode): Promise<Record<string, Row[]>> {
  const { market, plan } = await marketAndPlan(node);
  const home = await node.party('shop');
  const shop = { as: 'shop' };
  await node.done('open-storefront', { name: plan.name, market: market.id }, shop);
  await node.idle();
  const { categories, clock } = node.deps;
  for (const { number, draft } of draftsOf(plan, seededRandom('v'), categories, clock.now()))
    await node.done('publish-listing', { ...draft, number }, shop);
  await node.idle();
  return rowsOf(node, { vendor: home, market: market.home });
}

for (const engine of engines()) {
  test(`${engine}: a vendor of the sample has the very rows that its listing one by one would give`, async () => {
    const nodes = await Promise.all([1, 2].map(() => startTestNode({ engine, seed: 'same' })));
    const [one, two] = nodes;
    try {
      assert.ok(one && two);
      const sample = await byTheSample(one);
      assert.equal(sample.market_listings?.length, 25);
      assert.deepEqual(sample, await byOperations(two));
    } finally {
      for (const node of nodes) await node.close();
    }
  });
}

test('a listing that another key signed does not pass the checker', async () => {
  const node = await startTestNode({ seed: 'checker' });
  const checker = listingChecker();
  try {
    const { market, plan } = await marketAndPlan(node);
    const [placed] = await placeVendors(node.deps, [plan]);
    assert.ok(placed);
    const { storefront, listings } = await openVendor(
      node.deps,
      market,
      checker,
      placed,
      seededRandom('v'),
      0,
    );
    const signed = listings.slice(0, 2).map(({ id, document }) => ({ id, document, wire: toWire(document) }));
    const good = await checker.check(signed, storefront.key.publicKey);
    assert.deepEqual(
      good.map((it) => it.ok),
      [true, true],
    );
    const other = signingKey(seededRandom('other').bytes(32));
    const bad = await checker.check(signed, other.publicKey);
    assert.deepEqual(
      bad.map((it) => it.ok),
      [false, false],
    );
  } finally {
    await checker.close();
    await node.close();
  }
});
