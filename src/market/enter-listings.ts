import { LIMITS } from '../kernel/limits.ts';
import { assert } from '../kernel/result.ts';
import { insertRows, type Tx, tables } from '../storage/index.ts';
import { knowledgeOf, type MarketDeps } from './deps.ts';
import type { Verified } from './documents.ts';
import { listingKey } from './keys.ts';
import { type ListingProblem, listingProblem } from './listing-rules.ts';
import { wayRows } from './match-store.ts';
import type { Listing } from './model.ts';
import type { ListingKey } from './rules.ts';
import { inChunks, type Self, signaturesText } from './store.ts';
import type { MarketTables, StorefrontRow } from './tables.ts';

export interface Entered {
  readonly listing: Verified<Listing>;
  readonly key: ListingKey;
}

export interface Refused {
  readonly id: string;
  readonly code: ListingProblem | 'listing-foreign' | 'number-twice' | 'too-many-listings';
}

/**
 * Lets verified listings of one storefront into the index of this market, each in place of the one that had its
 * number. Those that may not stand are answered with their code and change nothing.
 */
export async function enterListings(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  storefront: StorefrontRow,
  listings: readonly Verified<Listing>[],
): Promise<{ entered: Entered[]; refused: Refused[] }> {
  const { fitting, refused } = sift(deps, self, storefront, listings);
  const replaced = await takeOut(
    tx,
    storefront.id,
    fitting.map(({ listing }) => listing.value.number),
  );
  const room = LIMITS.listingsPerVendor - storefront.listings + replaced;
  const entered = fitting.slice(0, Math.max(0, room));
  for (const { listing } of fitting.slice(entered.length))
    refused.push({ id: listing.id, code: 'too-many-listings' });
  await insertEntered(tx, deps, storefront.id, entered);
  const listed = storefront.listings - replaced + entered.length;
  await tables<MarketTables>(tx)
    .updateTable('market_storefronts')
    .set({ listings: listed })
    .where('home_id', '=', tx.home)
    .where('id', '=', storefront.id)
    .execute();
  return { entered, refused };
}

function sift(
  deps: MarketDeps,
  self: Self,
  storefront: StorefrontRow,
  listings: readonly Verified<Listing>[],
): { fitting: Entered[]; refused: Refused[] } {
  const know = knowledgeOf(deps);
  const now = deps.clock.now();
  const fitting = new Map<string, Entered>();
  const refused: Refused[] = [];
  for (const listing of listings) {
    const { value, id } = listing;
    const isForeign = value.storefront.id !== storefront.id || !namesTheSame(value.storefront, storefront);
    const code = isForeign
      ? 'listing-foreign'
      : fitting.has(value.number)
        ? 'number-twice'
        : listingProblem(value, self.rules, self.name, deps.categories, now);
    const key = code === undefined ? listingKey(id, value, know) : undefined;
    if (key) fitting.set(value.number, { listing, key });
    else refused.push({ id, code: code ?? 'amount-too-large' });
  }
  return { fitting: [...fitting.values()], refused };
}

function namesTheSame(ref: Listing['storefront'], row: StorefrontRow): boolean {
  const { name, key, address } = ref;
  return (
    name === row.name && key === row.public_key && address.host === row.host && address.inbox === row.inbox
  );
}

/** Takes the listings with these numbers out of the index; answers how many there were. */
async function takeOut(tx: Tx, storefront: string, numbers: readonly string[]): Promise<number> {
  const db = tables<MarketTables>(tx);
  let taken = 0;
  await inChunks(numbers, async (chunk) => {
    const gone = await db
      .deleteFrom('market_listings')
      .where('home_id', '=', tx.home)
      .where('storefront', '=', storefront)
      .where('number', 'in', chunk)
      .returning('id')
      .execute();
    taken += gone.length;
    if (gone.length > 0)
      await dropWays(
        tx,
        gone.map((row) => row.id),
      );
  });
  return taken;
}

export async function dropWays(tx: Tx, listings: readonly string[]): Promise<void> {
  await tables<MarketTables>(tx)
    .deleteFrom('market_ways')
    .where('home_id', '=', tx.home)
    .where('listing', 'in', listings)
    .execute();
}

async function insertEntered(
  tx: Tx,
  deps: MarketDeps,
  storefront: string,
  entered: readonly Entered[],
): Promise<void> {
  const now = deps.clock.now();
  const rows = entered.map(({ listing }) => ({
    home_id: tx.home,
    id: listing.id,
    storefront,
    number: listing.value.number,
    is_open: true,
    is_by_hand: listing.value.mode === 'by-hand',
    until_at: listing.value.until,
    published_at: now,
    payload: listing.document.payload,
    signatures: signaturesText(listing.document),
  }));
  await insertRows(tx, 'market_listings', rows);
  const ways = entered.flatMap(({ listing, key }) => {
    assert(key.id === listing.id, 'a key belongs to its listing');
    return wayRows(tx.home, key, { is_open: true, is_by_hand: listing.value.mode === 'by-hand' });
  });
  await insertRows(tx, 'market_ways', ways);
}
