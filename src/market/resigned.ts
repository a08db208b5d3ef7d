import { type Tx, tables } from '../storage/index.ts';
import type { Verified } from './documents.ts';
import { Listing } from './model.ts';
import { inChunks } from './store.ts';
import type { MarketTables } from './tables.ts';

/**
 * Which of these listings are the very offers of before, signed by the key and with the address that their vendor has
 * since it moved: by the new id, the one of before.
 */
export async function resignedFrom(
  tx: Tx,
  storefront: string,
  listings: readonly Verified<Listing>[],
): Promise<ReadonlyMap<string, string>> {
  const replaced = listings.flatMap(({ value }) => value.replaces ?? []);
  const before = new Map<string, Listing>();
  await inChunks(replaced, async (chunk) => {
    const rows = await tables<MarketTables>(tx)
      .selectFrom('market_listings')
      .select(['id', 'payload'])
      .where('home_id', '=', tx.home)
      .where('storefront', '=', storefront)
      .where('id', 'in', chunk)
      .execute();
    for (const { id, payload } of rows)
      before.set(id, Listing.parse(JSON.parse(Buffer.from(payload).toString('utf8'))));
  });
  const resigned = new Map<string, string>();
  for (const { id, value } of listings) {
    const old = value.replaces === undefined ? undefined : before.get(value.replaces);
    if (old && value.replaces !== undefined && isSameOffer(old, value)) resigned.set(id, value.replaces);
  }
  return resigned;
}

function isSameOffer(old: Listing, now: Listing): boolean {
  return old.storefront.key !== now.storefront.key && saidIn(old) === saidIn(now);
}

/** All that binds, in one order of members. */
function saidIn(listing: Listing): string {
  const { storefront, replaces: _, salt: __, ...said } = Listing.parse(listing);
  return JSON.stringify([storefront.id, storefront.name, said]);
}

/** Casts that were quoted the offer of before have been quoted it: they hear nothing of another signature. */
export async function keepQuoted(
  tx: Tx,
  resigned: ReadonlyMap<string, string>,
  entered: ReadonlySet<string>,
): Promise<void> {
  for (const [now, before] of resigned) {
    if (!entered.has(now)) continue;
    await tables<MarketTables>(tx)
      .updateTable('market_quotes')
      .set({ listing: now })
      .where('home_id', '=', tx.home)
      .where('listing', '=', before)
      .execute();
  }
}
