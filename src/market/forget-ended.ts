import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { dropWays } from './enter-listings.ts';
import { epochOf } from './epochs.ts';
import { marketLimits } from './parts.ts';
import type { Self } from './store.ts';
import type { MarketTables } from './tables.ts';

const DAY_MS = 86_400_000;

/**
 * What is over is forgotten: at once the ways back to casts that have ended and the listings that bind nobody any
 * more, after a while the casts themselves with the cells that none is in any more, and the tokens of epochs whose casts
 * come no more. What was published, and
 * outcomes, stay.
 */
export async function forgetEnded(tx: Tx, deps: MarketDeps, self: Self): Promise<void> {
  const db = tables<MarketTables>(tx);
  const now = deps.clock.now();
  await db
    .updateTable('market_casts')
    .set({ is_open: false, is_waiting: false, host: null, inbox: null })
    .where('home_id', '=', tx.home)
    .where('is_open', '=', true)
    .where('until_at', '<=', now)
    .execute();
  await db
    .deleteFrom('market_tokens')
    .where('home_id', '=', tx.home)
    .where('epoch', '<', epochOf(now, self.rules))
    .execute();
  await forgetOldCasts(tx, now - marketLimits.keepCastDays * DAY_MS);
  await forgetExpiredListings(tx, now);
}

async function forgetOldCasts(tx: Tx, before: number): Promise<void> {
  const db = tables<MarketTables>(tx);
  const old = await db
    .selectFrom('market_casts')
    .select(['id', 'cell'])
    .where('home_id', '=', tx.home)
    .where('is_open', '=', false)
    .where('until_at', '<', before)
    .limit(marketLimits.forgottenAtOnce)
    .execute();
  const ids = old.map((row) => row.id);
  if (ids.length === 0) return;
  await db.deleteFrom('market_quotes').where('home_id', '=', tx.home).where('cast_id', 'in', ids).execute();
  await db.deleteFrom('market_aliases').where('home_id', '=', tx.home).where('cast_id', 'in', ids).execute();
  await db.deleteFrom('market_holds').where('home_id', '=', tx.home).where('cast_id', 'in', ids).execute();
  await db.deleteFrom('market_casts').where('home_id', '=', tx.home).where('id', 'in', ids).execute();
  await forgetEmptyCells(tx, [...new Set(old.map((row) => row.cell))]);
}

/** A cell is known while there is a cast in it; the next cast brings it back. */
async function forgetEmptyCells(tx: Tx, cells: readonly string[]): Promise<void> {
  await tables<MarketTables>(tx)
    .deleteFrom('market_cells')
    .where('home_id', '=', tx.home)
    .where('id', 'in', cells)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('market_casts')
            .select('market_casts.id')
            .whereRef('market_casts.home_id', '=', 'market_cells.home_id')
            .whereRef('market_casts.cell', '=', 'market_cells.id'),
        ),
      ),
    )
    .execute();
}

async function forgetExpiredListings(tx: Tx, now: number): Promise<void> {
  const db = tables<MarketTables>(tx);
  const expired = await db
    .selectFrom('market_listings')
    .select(['id', 'storefront'])
    .where('home_id', '=', tx.home)
    .where('until_at', '<=', now)
    .limit(marketLimits.forgottenAtOnce)
    .execute();
  if (expired.length === 0) return;
  const ids = expired.map((row) => row.id);
  await dropWays(tx, ids);
  await db.deleteFrom('market_listings').where('home_id', '=', tx.home).where('id', 'in', ids).execute();
  for (const [storefront, rows] of Map.groupBy(expired, (row) => row.storefront)) {
    await db
      .updateTable('market_storefronts')
      .set((e) => ({ listings: e('listings', '-', rows.length) }))
      .where('home_id', '=', tx.home)
      .where('id', '=', storefront)
      .execute();
  }
}
