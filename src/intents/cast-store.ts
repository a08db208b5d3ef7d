import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { CastRow, IntentTables } from './tables.ts';

export async function insertCast(tx: Tx, row: Omit<CastRow, 'home_id'>): Promise<void> {
  await tables<IntentTables>(tx)
    .insertInto('intent_casts')
    .values({ home_id: tx.home, ...row })
    .execute();
}

export async function findCast(view: View, home: HomeId, id: string): Promise<CastRow | undefined> {
  return tables<IntentTables>(view)
    .selectFrom('intent_casts')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The casts of a want, newest first. */
export async function castsOf(view: View, home: HomeId, intent: string): Promise<CastRow[]> {
  return tables<IntentTables>(view)
    .selectFrom('intent_casts')
    .selectAll()
    .where('home_id', '=', home)
    .where('intent', '=', intent)
    .orderBy('cast_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function updateCast(
  tx: Tx,
  id: string,
  change: Partial<Pick<CastRow, 'closed_at' | 'asked'>>,
): Promise<void> {
  await tables<IntentTables>(tx)
    .updateTable('intent_casts')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** Takes this account's one attestation of a market's epoch for a cast; false when it has been used. */
export async function takeAttestation(
  tx: Tx,
  market: string,
  epoch: number,
  castId: string,
): Promise<boolean> {
  const taken = await tables<IntentTables>(tx)
    .insertInto('intent_attestations')
    .values({ home_id: tx.home, market, epoch, cast_id: castId })
    .onConflict((c) => c.columns(['home_id', 'market', 'epoch']).doNothing())
    .returning('cast_id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Whether a cast may still bring answers: neither closed nor past its date. */
export function isLive(cast: CastRow, now: Instant): boolean {
  return cast.closed_at === null && cast.until_at > now;
}
