import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { quoteOrAsk } from './ask-holds.ts';
import { type MarketDeps, positionsAbove } from './deps.ts';
import type { Entered } from './enter-listings.ts';
import { findCells } from './match-store.ts';
import { marketLimits } from './parts.ts';
import type { Quoted } from './send-quotes.ts';
import { showCast } from './show-casts.ts';
import { inChunks, type Self } from './store.ts';
import type { CastRow, MarketTables } from './tables.ts';

/**
 * Newly published listings meet the casts that are open: those that answer by themselves are quoted, each to at most
 * a limited number of the newest casts, and vendors who answer by hand are shown theirs.
 */
export async function meetOpenCasts(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  entered: readonly Entered[],
): Promise<void> {
  if (!(await isAnyoneWaiting(tx, tx.home, deps.clock.now()))) return;
  const quotes = new Map<string, { cast: CastRow; quoted: Quoted[] }>();
  const shows = new Map<string, { cast: CastRow; storefronts: string[] }>();
  for (const { listing, key } of entered) {
    const above = positionsAbove(deps, listing.value.category);
    const cells = await findCells(tx, tx.home, key, above, deps.clock.now());
    const firm = listing.value.mode === 'firm' ? key.id : undefined;
    for (const cast of await waitingCasts(tx, tx.home, cells, deps.clock.now(), firm)) {
      if (listing.value.mode === 'by-hand') {
        const show = shows.get(cast.id) ?? { cast, storefronts: [] };
        show.storefronts.push(key.storefront);
        shows.set(cast.id, show);
      } else {
        const quote = quotes.get(cast.id) ?? { cast, quoted: [] };
        quote.quoted.push({ listing: key.id, storefront: key.storefront });
        quotes.set(cast.id, quote);
      }
    }
  }
  for (const { cast, quoted } of quotes.values()) await quoteLater(tx, deps, self, cast, quoted);
  for (const { cast, storefronts } of shows.values()) await showCast(tx, deps, self, cast, storefronts);
}

async function isAnyoneWaiting(view: View, home: HomeId, now: number): Promise<boolean> {
  const cast = await tables<MarketTables>(view)
    .selectFrom('market_casts')
    .select('id')
    .where('home_id', '=', home)
    .where('is_waiting', '=', true)
    .where('until_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return cast !== undefined;
}

/**
 * Open casts in these cells that can still be quoted, the newest first; for a `firm` listing, which sets a piece aside for
 * each, fewer, and only those that have not been quoted it or asked for.
 */
async function waitingCasts(
  view: View,
  home: HomeId,
  cells: readonly string[],
  now: number,
  firm: string | undefined,
): Promise<CastRow[]> {
  const most = firm === undefined ? marketLimits.castsPerListing : marketLimits.holdsPerListing;
  const found: CastRow[] = [];
  await inChunks(cells, async (chunk) => {
    let query = tables<MarketTables>(view)
      .selectFrom('market_casts')
      .selectAll()
      .where('home_id', '=', home)
      .where('cell', 'in', chunk)
      .where('is_waiting', '=', true)
      .where('until_at', '>', now);
    if (firm !== undefined) {
      const quoted = tables<MarketTables>(view).selectFrom('market_quotes').select('cast_id');
      const asked = tables<MarketTables>(view).selectFrom('market_holds').select('cast_id');
      query = query
        .where('id', 'not in', quoted.where('home_id', '=', home).where('listing', '=', firm))
        .where('id', 'not in', asked.where('home_id', '=', home).where('listing', '=', firm));
    }
    found.push(...(await query.orderBy('cast_at', 'desc').orderBy('id').limit(most).execute()));
  });
  found.sort((a, b) => b.cast_at - a.cast_at || (a.id < b.id ? -1 : 1));
  return found.slice(0, most);
}

/** Quotes what the caps of the cast and of the vendor leave room for; what was asked for takes a place too. */
async function quoteLater(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  cast: CastRow,
  quoted: readonly Quoted[],
): Promise<void> {
  const db = tables<MarketTables>(tx);
  const sentBefore = await db
    .selectFrom('market_quotes')
    .select(['listing', 'storefront'])
    .where('home_id', '=', tx.home)
    .where('cast_id', '=', cast.id)
    .execute();
  const askedBefore = await db
    .selectFrom('market_holds')
    .select(['listing', 'storefront'])
    .where('home_id', '=', tx.home)
    .where('cast_id', '=', cast.id)
    .where('state', '=', 'asked')
    .execute();
  const before = [...sentBefore, ...askedBefore];
  const known = new Set(before.map((row) => row.listing));
  const perVendor = new Map<string, number>();
  for (const { storefront } of before) perVendor.set(storefront, (perVendor.get(storefront) ?? 0) + 1);
  const room = self.rules.capQuotes - before.length;
  const fresh = quoted.filter(({ listing, storefront }) => {
    const count = perVendor.get(storefront) ?? 0;
    if (known.has(listing) || count >= self.rules.capPerVendor) return false;
    perVendor.set(storefront, count + 1);
    return true;
  });
  const sent = fresh.slice(0, Math.max(0, room));
  if (sent.length === 0) return;
  const reachable = { ...cast, quoted: sentBefore.length };
  await quoteOrAsk(tx, deps, self, reachable, sent, fresh.length > sent.length);
}
