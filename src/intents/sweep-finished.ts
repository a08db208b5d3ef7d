import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { intentLimits } from './limits.ts';
import type { IntentTables, OfferRow } from './tables.ts';

const DAY_MS = 86_400_000;
const FINISHED = ['agreed', 'closed', 'expired'] as const;
/** Everything but what was taken. */
const LEFT: readonly OfferRow['state'][] = ['open', 'gone', 'expired', 'withdrawn', 'declined'];

/** An agreement that was asked for, signed or refused names the offer of mine that led to it. */
interface Citing {
  relationships: { home_id: string; offer: string };
}

/** Offers to wants whose last day is long past, that were neither taken nor refused by their vendor. */
function forgettable(view: View, now: Instant) {
  return tables<IntentTables & Citing>(view)
    .selectFrom('intent_offers as o')
    .innerJoin('intents as i', (join) =>
      join.onRef('i.home_id', '=', 'o.home_id').onRef('i.id', '=', 'o.intent'),
    )
    .where('i.state', 'in', FINISHED)
    .where('i.until_at', '<', now - intentLimits.keepOfferDays * DAY_MS)
    .where('o.state', 'in', LEFT)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('relationships as r')
            .select('r.offer')
            .whereRef('r.home_id', '=', 'o.home_id')
            .whereRef('r.offer', '=', 'o.id'),
        ),
      ),
    );
}

/** Casts of the same wants that no offer is left of. */
function emptyCasts(view: View, now: Instant) {
  return tables<IntentTables>(view)
    .selectFrom('intent_casts as c')
    .innerJoin('intents as i', (join) =>
      join.onRef('i.home_id', '=', 'c.home_id').onRef('i.id', '=', 'c.intent'),
    )
    .where('i.state', 'in', FINISHED)
    .where('i.until_at', '<', now - intentLimits.keepOfferDays * DAY_MS)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('intent_offers as o')
            .select('o.id')
            .whereRef('o.home_id', '=', 'c.home_id')
            .whereRef('o.intent', '=', 'c.intent')
            .whereRef('o.cast_id', '=', 'c.id'),
        ),
      ),
    );
}

/** Homes with wants of which something may be forgotten. */
export async function homesWithFinished(view: View, now: Instant): Promise<HomeId[]> {
  const offers = await forgettable(view, now).select('o.home_id').distinct().execute();
  const casts = await emptyCasts(view, now).select('c.home_id').distinct().execute();
  return [...new Set([...offers, ...casts].map((row) => row.home_id))].sort();
}

/**
 * Forgets what came for wants that ended long ago and led to nothing. The want itself stays in its owner's words. Twice
 * is once.
 */
export async function sweepFinished(deps: BaseDeps, home: HomeId): Promise<number> {
  const now = deps.clock.now();
  return deps.storage.transact(home, async (tx) => {
    const db = tables<IntentTables>(tx);
    const limit = intentLimits.forgottenAtOnce;
    const offers = await forgettable(tx, now)
      .select('o.id')
      .where('o.home_id', '=', home)
      .limit(limit)
      .execute();
    const offerIds = offers.map((row) => row.id);
    if (offerIds.length > 0)
      await db.deleteFrom('intent_offers').where('home_id', '=', home).where('id', 'in', offerIds).execute();
    const casts = await emptyCasts(tx, now)
      .select('c.id')
      .where('c.home_id', '=', home)
      .limit(limit)
      .execute();
    const castIds = casts.map((row) => row.id);
    if (castIds.length > 0)
      await db.deleteFrom('intent_casts').where('home_id', '=', home).where('id', 'in', castIds).execute();
    return offerIds.length + castIds.length;
  });
}
