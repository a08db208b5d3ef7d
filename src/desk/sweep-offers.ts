import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { deskLimits } from './limits.ts';
import type { DeskTables } from './tables.ts';

const DAY_MS = 86_400_000;

/** What a relationship stands on, or was refused by, names the offer that it answers. */
interface Citing {
  relationships: { home_id: string; offer: string };
}

/** Offers that ended long ago, that nobody took or was refused, and that stand under no number of the vendor's. */
function forgettable(view: View, now: Instant) {
  return tables<DeskTables & Citing>(view)
    .selectFrom('desk_offers as o')
    .where('o.until_at', '<', now - deskLimits.keepOfferDays * DAY_MS)
    .where('o.state', '!=', 'taken')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('desk_items as i')
            .select('i.listing')
            .whereRef('i.home_id', '=', 'o.home_id')
            .whereRef('i.storefront', '=', 'o.storefront')
            .whereRef('i.number', '=', 'o.name')
            .whereRef('i.listing', '=', 'o.id'),
        ),
      ),
    )
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

/** Sellers with such offers. */
export async function homesWithOldOffers(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await forgettable(view, now)
    .select('o.home_id')
    .distinct()
    .orderBy('o.home_id')
    .limit(deskLimits.offersForgottenAtOnce)
    .execute();
  return rows.map((row) => row.home_id);
}

/** Forgets them, with the wants that were answered with them and what was set aside of them. Twice is once. */
export async function sweepOffers(deps: BaseDeps, home: HomeId): Promise<number> {
  return deps.storage.transact(home, async (tx) => {
    const rows = await forgettable(tx, deps.clock.now())
      .select('o.id')
      .where('o.home_id', '=', home)
      .limit(deskLimits.offersForgottenAtOnce)
      .execute();
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return 0;
    const db = tables<DeskTables>(tx);
    const held = db.deleteFrom('desk_holds').where('home_id', '=', home).where('state', '!=', 'taken');
    await held.where('listing', 'in', ids).execute();
    await db.deleteFrom('desk_casts').where('home_id', '=', home).where('answer', 'in', ids).execute();
    await db.deleteFrom('desk_offers').where('home_id', '=', home).where('id', 'in', ids).execute();
    return ids.length;
  });
}
