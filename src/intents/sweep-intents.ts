import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { findMarket } from '../market/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { askForTable } from './ask-table.ts';
import type { IntentDeps } from './deps.ts';
import { buyerOf } from './levels.ts';
import { lookAgain } from './look-again.ts';
import { heldIntents, overdueIntents, updateIntent } from './store.ts';
import type { IntentTables } from './tables.ts';

interface Swept {
  readonly expired: number;
  readonly cast: number;
  readonly asked: number;
}

/**
 * What time does to the wants of a home: those past their date expire (nobody is told: their casts run out by
 * themselves), held ones whose time has come look at the table again, and a table that has grown old is asked for
 * where a held want waits for it. Running it twice does nothing more.
 */
export async function sweepIntents(deps: IntentDeps, home: HomeId): Promise<Swept> {
  return deps.storage.transact(home, async (tx) => {
    const now = deps.clock.now();
    const overdue = await overdueIntents(tx, now);
    for (const row of overdue) {
      await updateIntent(tx, row.id, { state: 'expired', open_key: null, look_at: null });
    }
    let cast = 0;
    for (const row of await heldIntents(tx, now, { dueAt: now })) {
      if (await lookAgain(tx, deps, row)) cast++;
    }
    return { expired: overdue.length, cast, asked: await askForTables(tx, deps, now) };
  });
}

async function askForTables(tx: Tx, deps: IntentDeps, now: Instant): Promise<number> {
  if (!(await buyerOf(tx, tx.home)).ok) return 0;
  const waiting = await tables<IntentTables>(tx)
    .selectFrom('intents')
    .select('market')
    .distinct()
    .where('home_id', '=', tx.home)
    .where('state', '=', 'held')
    .where('until_at', '>', now)
    .orderBy('market')
    .execute();
  let asked = 0;
  for (const { market: id } of waiting) {
    const market = await findMarket(tx, id);
    if (market && (await askForTable(tx, deps, market))) asked++;
  }
  return asked;
}

/** Homes on this node that a sweep may do something for: a want past its date, or one that is held. */
export async function homesToSweep(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await tables<IntentTables>(view)
    .selectFrom('intents')
    .select('home_id')
    .distinct()
    .where((e) => e.or([e('state', '=', 'held'), e.and([e('state', '=', 'open'), e('until_at', '<=', now)])]))
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}
