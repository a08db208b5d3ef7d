import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { dropDocuments, parsePayload } from '../records/index.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import { PROFFER_LIMITS } from './limits.ts';
import { INTERACTION, type ProfferRow, type ProfferTables } from './model.ts';

const DAY_MS = 86_400_000;

/** Proffers that nobody answered, so long after the last move that no answer can count any more. */
function unanswered(view: View, now: Instant) {
  const days = PROFFER_LIMITS.daysAtMost + PROFFER_LIMITS.keepUnansweredDays;
  return tables<ProfferTables>(view)
    .selectFrom('proffers')
    .where('is_over', '=', false)
    .where('moved_at', '<', now - days * DAY_MS);
}

export async function homesWithUnanswered(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await unanswered(view, now).select('home_id').distinct().orderBy('home_id').execute();
  return rows.map((row) => row.home_id);
}

/**
 * They count among the open ones no more. Of those between a storefront and somebody it does not know nothing is kept;
 * in a relationship they stand in its chain. Twice is once.
 */
export async function sweepProffers(deps: BaseDeps, home: HomeId): Promise<number> {
  return deps.storage.transact(home, async (tx) => {
    const rows = await unanswered(tx, deps.clock.now())
      .selectAll()
      .where('home_id', '=', home)
      .limit(PROFFER_LIMITS.forgottenAtOnce)
      .execute();
    for (const row of rows) await forget(tx, row);
    return rows.length;
  });
}

async function forget(tx: Tx, row: ProfferRow): Promise<void> {
  const db = tables<ProfferTables>(tx);
  if (row.kind === 'relationship') {
    const over = db.updateTable('proffers').set({ is_over: true });
    await over.where('home_id', '=', tx.home).where('id', '=', row.id).execute();
    return;
  }
  await db.deleteFrom('proffers').where('home_id', '=', tx.home).where('id', '=', row.id).execute();
  const kept = { type: INTERACTION, from: row.begun_at, to: row.moved_at };
  await dropDocuments(tx, kept, (payload) => {
    const read = parsePayload(payload);
    return read.ok && read.value.negotiation === row.id;
  });
}
