import type { HomeId } from '../kernel/ids.ts';
import { marketsOf } from '../market/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { lapseOffers } from './offer-store.ts';
import { updateIntent } from './store.ts';
import type { IntentRow, IntentTables } from './tables.ts';

/** Ends the wants of a home that are held or open at a sample market which is gone: nobody is left to be told. */
export async function endIntentsAt(tx: Tx, isGone: (market: string) => boolean): Promise<void> {
  const active = await tables<IntentTables>(tx)
    .selectFrom('intents')
    .select(['id', 'market'])
    .where('home_id', '=', tx.home)
    .where('is_sample', '=', true)
    .where('state', 'in', ['held', 'open'])
    .execute();
  for (const { id, market } of active) {
    if (!isGone(market)) continue;
    await lapseOffers(tx, id);
    await updateIntent(tx, id, { state: 'closed', open_key: null, look_at: null });
  }
}

/**
 * The wants among these that ended because their sample market was removed: whoever ends a want that was cast tells
 * the market, which its cast then remembers.
 */
export async function endedWithSample(
  view: View,
  home: HomeId,
  rows: readonly IntentRow[],
): Promise<ReadonlySet<string>> {
  const ended = new Set<string>();
  const closed = rows.filter((row) => row.is_sample && row.state === 'closed' && row.cast_at !== null);
  const known = closed.length === 0 ? [] : (await marketsOf(view)).map((market) => market.id);
  for (const row of closed) {
    if (known.includes(row.market)) continue;
    const told = await tables<IntentTables>(view)
      .selectFrom('intent_casts')
      .select('id')
      .where('home_id', '=', home)
      .where('intent', '=', row.id)
      .where('closed_at', 'is not', null)
      .executeTakeFirst();
    if (!told) ended.add(row.id);
  }
  return ended;
}
