import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';

import { OutcomeRecord, type Standing } from './model.ts';
import { marketLimits } from './parts.ts';
import type { MarketTables } from './tables.ts';

/** The standing of these vendors: what this market has counted, and the newest outcomes both sides signed. */
export async function standingsOf(
  view: View,
  home: HomeId,
  storefronts: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const found = new Map<string, Standing>();
  if (storefronts.length === 0) return found;
  const rows = await tables<MarketTables>(view)
    .selectFrom('market_storefronts')
    .select(['id', 'kept', 'late', 'broken', 'repaired'])
    .where('home_id', '=', home)
    .where('id', 'in', [...new Set(storefronts)])
    .execute();
  for (const { id, kept, late, broken, repaired } of rows) {
    const isNew = kept + late + broken + repaired === 0;
    found.set(id, {
      kept,
      late,
      broken,
      repaired,
      records: isNew ? [] : await newestOutcomes(view, home, id),
    });
  }
  return found;
}

async function newestOutcomes(view: View, home: HomeId, storefront: string): Promise<Standing['records']> {
  const rows = await tables<MarketTables>(view)
    .selectFrom('market_outcomes')
    .select('document')
    .where('home_id', '=', home)
    .where('storefront', '=', storefront)
    .orderBy('position', 'desc')
    .limit(marketLimits.standingRecords)
    .execute();
  return rows.map((row) => OutcomeRecord.parse(JSON.parse(row.document)));
}

export const NO_STANDING: Standing = { kept: 0, late: 0, broken: 0, repaired: 0, records: [] };
