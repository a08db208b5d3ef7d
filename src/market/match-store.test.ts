import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines, openTestDeps } from '../../test/harness/test-deps.ts';
import { openCategories } from '../categories/index.ts';
import { AMOUNT_MAX } from '../kernel/amount.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { type SeededRandom, seededRandom } from '../kernel/seeded-random.ts';
import { areaIdOf, cellOf } from '../places/index.ts';
import { tables } from '../storage/index.ts';
import { bandOf, type Cell, TIME_BUCKETS } from './cells.ts';
import { cellKey, type Knowledge, listingKey, mustKey } from './keys.ts';
import { cellRow, findCells, findListings, wayRows } from './match-store.ts';
import type { Listing } from './model.ts';
import { type CellKey, type ListingKey, matches, orderQuotes, tieOf } from './rules.ts';
import type { MarketTables } from './tables.ts';

const NOW = 1_800_000_000_000;
const HOME = 'market-home';
const PLACES = [
  { label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 },
  { label: 'Antwerp', country: 'BE', latE6: 51_219_890, lonE6: 4_403_460 },
  { label: 'Lille', country: 'FR', latE6: 50_633_330, lonE6: 3_066_670 },
  { label: 'Geneva', country: 'CH', latE6: 46_202_220, lonE6: 6_145_690 },
  { label: 'Rochester', country: 'US', latE6: 43_154_780, lonE6: -77_615_560 },
  { label: 'Suva', country: 'FJ', latE6: -18_141_610, lonE6: 178_441_490 },
  { label: 'Longyearbyen', country: 'SJ', latE6: 78_223_340, lonE6: 15_646_890 },
  { label: 'Alert', country: 'CA', latE6: 89_200_000, lonE6: -62_300_000 },
] as const;
const COUNTRIES: Record<string, string[]> = {};
for (const place of PLACES) {
  for (const level of [0, 1] as const) {
    const cell = cellOf(place, level);
    COUNTRIES[cell] = [...new Set([...(COUNTRIES[cell] ?? []), place.country])].sort();
  }
  COUNTRIES[`c:${place.country}`] = [place.country];
}
const TERMS = ['SD-BASE', 'SD-BASE-A', 'SD-BASE-DP', 'PDC-INTENT'];
const know: Knowledge = {
  categories: openCategories(),
  places: { countriesOf: (id) => COUNTRIES[id] ?? [] },
  // Whoever accepts the strictest accepts the looser one too.
  metBy: (accepted) => (accepted.includes('SD-BASE') ? [...accepted, 'SD-BASE-A'] : accepted),
};
// A family tree with cousins, so that every relation between two categories occurs often.
const CATEGORIES = [
  'ae',
  'ae-2',
  'ae-2-8',
  'ae-2-8-3',
  'ae-2-8-3-5',
  'ae-2-8-3-5-3',
  'ae-2-8-7',
  'ae-2-8-7-6',
  'sv',
  'sv-gardening',
];
const UNITS = ['EUR', 'EUR', 'USD', 'hours', 'goods'];

const near = (random: SeededRandom, e6: number): number => e6 + random.below(1_200_000) - 600_000;

function someListing(random: SeededRandom, i: number): Listing {
  const place = random.pick(PLACES);
  const km = random.chance(700) ? { km: random.below(300) + 1 } : {};
  const takes = random.chance(300)
    ? [{ unit: random.pick(UNITS), value: String(random.below(600) + 1), what: 'anything' }]
    : undefined;
  return {
    storefront: {
      id: `s${random.below(40)}`,
      name: 'Shop',
      key: 'k'.repeat(43),
      address: { host: 'h', inbox: 'i' },
    },
    number: `n${i}`,
    title: 'A thing',
    category: random.pick(CATEGORIES),
    kind: 'goods',
    price: {
      unit: random.pick(UNITS),
      value: String(random.pick([0, 1, 100, 20_000, 20_001, 50_000, random.below(100_000)])),
    },
    fees: random.chance(200)
      ? [
          {
            label: 'Post',
            payer: random.pick(['buyer', 'seller'] as const),
            to: 'Post',
            amount: { unit: 'EUR', value: '500' },
          },
        ]
      : [],
    mode: 'firm',
    place: {
      id: '1',
      label: place.label,
      country: place.country,
      latE6: Math.min(near(random, place.latE6), 90_000_000),
      lonE6: near(random, place.lonE6),
    },
    reach: { level: random.pick(['local', 'local', 'country', 'continent', 'world'] as const), ...km },
    attributes: {},
    terms: [random.pick(TERMS), random.pick(TERMS)],
    demands: {
      asks: [],
      ...(random.chance(250) && {
        minBudget: { unit: random.pick(UNITS), value: String(random.below(50_000)) },
      }),
      ...(random.chance(250) && { buyers: [random.pick(['person', 'organisation'] as const)] }),
    },
    delivery: {
      how: 'post',
      ...(random.chance(600) && { days: random.pick([0, 3, 7, 8, 30, 31, 90, 120]) }),
    },
    ...(takes && { takes }),
    until: NOW + random.pick([-1, 0, 1, 1_000_000, 1_000_000_000]),
    salt: toBase64url(random.bytes(16)),
  };
}

function someCell(random: SeededRandom): Cell {
  const place = random.pick(PLACES);
  const area = areaIdOf(place, random.pick([0, 0, 1, 2, 3, 4] as const)) ?? 'w';
  const unit = random.pick([...UNITS, 'any']);
  const upTo = unit === 'any' || random.chance(150) ? 'any' : bandOf(BigInt(random.below(100_000)));
  return {
    category: random.pick(CATEGORIES),
    area,
    budget: { unit, upTo },
    time: random.pick(TIME_BUCKETS),
    terms: random.pick(TERMS),
    buyer: random.pick(['person', 'person', 'organisation'] as const),
  };
}

const aboveOf = (category: string): number[] =>
  openedCategories.ancestors(category).map((id) => openedCategories.order(id) ?? -1);
const openedCategories = openCategories();

for (const engine of engines()) {
  test(`${engine}: the SQL answers what the plain predicate answers, in its order, both ways`, async () => {
    const opened = await openTestDeps(engine, 'match');
    const random = seededRandom('match-1');
    const listings = Array.from({ length: 1500 }, (_, i) => someListing(random, i));
    const keys: ListingKey[] = listings.map((l, i) => mustKey(listingKey(`listing-${i}`, l, know)));
    const cells = [
      ...new Map(
        Array.from({ length: 600 }, () => someCell(random)).map((c) => [JSON.stringify(c), c]),
      ).values(),
    ];
    const cellKeys: CellKey[] = cells.map((cell) => mustKey(cellKey(cell, know)));
    await opened.storage.transact(HOME, async (tx) => {
      const rows = keys.flatMap((key) => wayRows(HOME, key, { is_open: true, is_by_hand: false }));
      const db = tables<MarketTables>(tx);
      for (let i = 0; i < rows.length; i += 200)
        await db
          .insertInto('market_ways')
          .values(rows.slice(i, i + 200))
          .execute();
      const inCells = cellKeys.map((key, i) => cellRow(HOME, `cell-${i}`, key));
      for (let i = 0; i < inCells.length; i += 200)
        await db
          .insertInto('market_cells')
          .values(inCells.slice(i, i + 200))
          .execute();
    });
    let pairs = 0;
    await opened.storage.read(async (view) => {
      for (const [i, cell] of cellKeys.entries()) {
        const fitting = keys.filter((listing) => matches(cell, listing, NOW));
        pairs += fitting.length;
        const castTie = tieOf(`cast-${i}`);
        const expected = orderQuotes(cell, castTie, fitting, 3).map(({ listing }) => listing.id);
        const found = await findListings(view, HOME, {
          cell,
          above: aboveOf(cells[i]?.category ?? ''),
          castTie,
          now: NOW,
          isByHand: false,
          perVendor: 3,
          limit: 1000,
        });
        assert.deepEqual(
          found.map((row) => row.listing),
          expected,
          JSON.stringify(cells[i]),
        );
      }
      for (const [i, listing] of keys.entries()) {
        const expected = cellKeys
          .flatMap((cell, c) => (matches(cell, listing, NOW) ? [`cell-${c}`] : []))
          .sort();
        const found = await findCells(view, HOME, listing, aboveOf(listings[i]?.category ?? ''), NOW);
        assert.deepEqual(found, expected, JSON.stringify(listings[i]));
      }
    });
    assert.ok(
      pairs > 5_000,
      `enough pairs match to mean something: ${pairs} of ${keys.length * cells.length}`,
    );
    await opened.close();
  });
}

test('amounts up to the largest compare exactly', () => {
  const random = seededRandom('match-2');
  const listing = {
    ...someListing(random, 1),
    price: { unit: 'EUR', value: AMOUNT_MAX.toString() },
    fees: [],
  };
  assert.ok(listingKey('a', listing, know));
  const beyond = {
    ...listing,
    fees: [{ label: 'a', payer: 'buyer' as const, to: 'b', amount: { unit: 'EUR', value: '1' } }],
  };
  assert.equal(listingKey('a', beyond, know), undefined);
});
