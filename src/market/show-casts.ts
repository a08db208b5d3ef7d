import { send } from '../delivery/index.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { type Tx, tables } from '../storage/index.ts';
import { type Cell, parseCellId } from './cells.ts';
import type { MarketDeps } from './deps.ts';
import { marketLimits } from './parts.ts';
import { reachStorefront } from './receive-storefront.ts';
import type { Self } from './store.ts';
import type { CastRow, MarketTables } from './tables.ts';

/**
 * Shows a cast to vendors who answer by hand, each under a name of its own, so that two of them who compare cannot
 * tell whether they saw the same one. Those who have seen it already are passed over. Answers
 * how many have been shown it in all.
 */
export async function showCast(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  cast: Pick<CastRow, 'id' | 'cell' | 'until_at'>,
  storefronts: readonly string[],
): Promise<number> {
  const db = tables<MarketTables>(tx);
  const shown = await db
    .selectFrom('market_aliases')
    .select('storefront')
    .where('home_id', '=', tx.home)
    .where('cast_id', '=', cast.id)
    .execute();
  const known = new Set(shown.map((row) => row.storefront));
  const fresh = [...new Set(storefronts)]
    .filter((id) => !known.has(id))
    .slice(0, marketLimits.vendorsPerCast - known.size);
  const cell = parseCellId(cast.cell);
  if (fresh.length === 0 || !cell) return known.size;
  const vendors = await db
    .selectFrom('market_storefronts')
    .select(['id', 'host', 'inbox', 'public_key'])
    .where('home_id', '=', tx.home)
    .where('id', 'in', fresh)
    .execute();
  for (const vendor of vendors) {
    const alias = newId(deps.random);
    await db
      .insertInto('market_aliases')
      .values({ home_id: tx.home, alias, cast_id: cast.id, storefront: vendor.id, state: 'shown' })
      .execute();
    await send(tx, deps, {
      to: reachStorefront(vendor),
      as: self.speaker,
      type: 'cast-seen',
      body: { storefront: vendor.id, alias, cell: cellJson(cell), terms: cell.terms, until: cast.until_at },
    });
  }
  return known.size + vendors.length;
}

function cellJson(cell: Cell): JsonObject {
  return { ...cell, budget: { ...cell.budget } };
}

/** Tells the vendors who were shown a cast and have not answered that it takes no more answers, and why. */
export async function endShowing(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  castId: string,
  why: 'full' | 'closed',
): Promise<void> {
  const db = tables<MarketTables>(tx);
  const waiting = await db
    .selectFrom('market_aliases as a')
    .innerJoin('market_storefronts as s', (join) =>
      join.onRef('s.home_id', '=', 'a.home_id').onRef('s.id', '=', 'a.storefront'),
    )
    .select(['a.alias', 's.host', 's.inbox', 's.public_key'])
    .where('a.home_id', '=', tx.home)
    .where('a.cast_id', '=', castId)
    .where('a.state', '=', 'shown')
    .execute();
  for (const { alias, ...vendor } of waiting) {
    const to = reachStorefront(vendor);
    await send(tx, deps, { to, as: self.speaker, type: 'cast-full', body: { alias, why } });
  }
  await db
    .updateTable('market_aliases')
    .set({ state: 'over' })
    .where('home_id', '=', tx.home)
    .where('cast_id', '=', castId)
    .where('state', '=', 'shown')
    .execute();
}
