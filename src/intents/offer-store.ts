import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { OfferState } from './model.ts';
import type { IntentTables, OfferRow } from './tables.ts';

/** Keeps an offer once per want, however often it is sent; false when it was there. */
export async function insertOffer(tx: Tx, row: Omit<OfferRow, 'home_id'>): Promise<boolean> {
  const kept = await tables<IntentTables>(tx)
    .insertInto('intent_offers')
    .values({ home_id: tx.home, ...row })
    .onConflict((c) => c.columns(['home_id', 'intent', 'document']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
}

/** The offer of a want that was made with this document. */
export async function findOfferOn(tx: Tx, intent: string, document: string): Promise<OfferRow | undefined> {
  return tables<IntentTables>(tx)
    .selectFrom('intent_offers')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('intent', '=', intent)
    .where('document', '=', document)
    .executeTakeFirst();
}

/** Offers of this home that were made with this document, the newest first: one for each want that it answered. */
export async function offersMadeWith(tx: Tx, document: string): Promise<OfferRow[]> {
  return tables<IntentTables>(tx)
    .selectFrom('intent_offers')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('document', '=', document)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Notes a longer hold on an offer that was there. */
export async function extendHold(
  tx: Tx,
  intent: string,
  document: string,
  held: Pick<OfferRow, 'hold' | 'hold_alias' | 'hold_until'>,
): Promise<void> {
  await tables<IntentTables>(tx)
    .updateTable('intent_offers')
    .set(held)
    .where('home_id', '=', tx.home)
    .where('intent', '=', intent)
    .where('document', '=', document)
    .where((e) => e.or([e('hold_until', 'is', null), e('hold_until', '<', held.hold_until)]))
    .execute();
}

export async function findOfferRow(view: View, home: HomeId, id: string): Promise<OfferRow | undefined> {
  return tables<IntentTables>(view)
    .selectFrom('intent_offers')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** All offers of a want; intentLimits.offersPerIntent bounds them. */
export async function offersOf(view: View, home: HomeId, intent: string): Promise<OfferRow[]> {
  return tables<IntentTables>(view)
    .selectFrom('intent_offers')
    .selectAll()
    .where('home_id', '=', home)
    .where('intent', '=', intent)
    .execute();
}

interface KindCount {
  readonly kind: OfferRow['kind'];
  readonly cast_id: string;
  readonly total: number;
}

/** How many offers a want has collected, by cast and kind. */
export async function countCollected(view: View, home: HomeId, intent: string): Promise<KindCount[]> {
  return tables<IntentTables>(view)
    .selectFrom('intent_offers')
    .select((e) => ['kind', 'cast_id', e.fn.countAll<number>().as('total')])
    .where('home_id', '=', home)
    .where('intent', '=', intent)
    .groupBy(['kind', 'cast_id'])
    .execute();
}

export async function setOfferState(tx: Tx, id: string, state: OfferState): Promise<boolean> {
  const changed = await tables<IntentTables>(tx)
    .updateTable('intent_offers')
    .set({ state })
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Open offers of a want that is over. */
export async function lapseOffers(tx: Tx, intent: string): Promise<void> {
  await tables<IntentTables>(tx)
    .updateTable('intent_offers')
    .set({ state: 'expired' })
    .where('home_id', '=', tx.home)
    .where('intent', '=', intent)
    .where('state', '=', 'open')
    .execute();
}

/** Offers that still bind and were not declined, and vendors who may still answer, of one want. */
export interface Tally {
  readonly fitting: number;
  readonly filtered: number;
  readonly waiting: number;
}

/** The tallies of these wants; every one of them is in the answer. */
export async function talliesOf(
  view: View,
  home: HomeId,
  intents: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, Tally>> {
  if (intents.length === 0) return new Map();
  const db = tables<IntentTables>(view);
  const open = await db
    .selectFrom('intent_offers')
    .select((e) => ['intent', 'is_fit', e.fn.countAll<number>().as('total')])
    .where('home_id', '=', home)
    .where('intent', 'in', intents)
    .where('state', '=', 'open')
    .where('until_at', '>', now)
    .groupBy(['intent', 'is_fit'])
    .execute();
  const answered = await db
    .selectFrom('intent_offers')
    .select((e) => ['intent', e.fn.countAll<number>().as('total')])
    .where('home_id', '=', home)
    .where('intent', 'in', intents)
    .where('kind', '=', 'answer')
    .groupBy('intent')
    .execute();
  const live = await db
    .selectFrom('intent_casts')
    .select(['intent', 'asked'])
    .where('home_id', '=', home)
    .where('intent', 'in', intents)
    .where('closed_at', 'is', null)
    .where('until_at', '>', now)
    .execute();
  const tally = (intent: string): Tally => {
    const fit = (isFit: boolean): number =>
      open.find((it) => it.intent === intent && it.is_fit === isFit)?.total ?? 0;
    const asked = live.reduce((sum, it) => (it.intent === intent ? sum + (it.asked ?? 0) : sum), 0);
    const waiting = asked - (answered.find((it) => it.intent === intent)?.total ?? 0);
    return { fitting: fit(true), filtered: fit(false), waiting: Math.max(0, waiting) };
  };
  return new Map(intents.map((intent) => [intent, tally(intent)]));
}
