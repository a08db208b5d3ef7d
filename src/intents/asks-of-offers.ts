import type { HomeId } from '../kernel/ids.ts';
import type { Ask } from '../market/index.ts';
import { tables, type View } from '../storage/index.ts';
import { readKeptOffer } from './read-kept-offer.ts';
import type { IntentTables } from './tables.ts';

/** What each of these offers asks to know of the buyer; an offer that is not here any more asks for nothing. */
export async function asksOfOffers(
  view: View,
  home: HomeId,
  offers: readonly string[],
): Promise<ReadonlyMap<string, readonly Ask[]>> {
  const asks = new Map<string, readonly Ask[]>();
  if (offers.length === 0) return asks;
  const rows = await tables<IntentTables>(view)
    .selectFrom('intent_offers')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', 'in', offers)
    .execute();
  const byDocument = new Map<string, readonly Ask[]>();
  for (const row of rows) {
    const known = byDocument.get(row.document) ?? (await readKeptOffer(view, home, row)).facts.asks;
    byDocument.set(row.document, known);
    asks.set(row.id, known);
  }
  return asks;
}
