import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { findMarket } from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import { closeCast } from './cast.ts';
import { castsOf, isLive } from './cast-store.ts';
import type { IntentDeps } from './deps.ts';
import { findActive, showIntent } from './get-intent.ts';
import { buyerOf } from './levels.ts';
import { lapseOffers } from './offer-store.ts';
import { updateIntent } from './store.ts';
import type { Intent } from './view.ts';

export const CloseIntent = z.object({ id });

/**
 * Ends a want: its open offers lapse here, and the market is told that its newest cast asks for nothing more. Earlier
 * casts run out by their own date: closing all at once would tie them together. Fails with `intent-unknown`,
 * `intent-not-open` or `party-paused`.
 */
export async function closeIntent(
  deps: IntentDeps,
  actor: PartyActor,
  input: z.output<typeof CloseIntent>,
): Promise<Result<Intent>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const closed = await closeOne(tx, deps, input.id);
    return closed.ok ? showIntent(tx, deps, actor.home, input.id) : closed;
  });
}

/** Ends one want. */
export async function closeOne(tx: Tx, deps: IntentDeps, intent: string): Promise<Result<null>> {
  const row = await findActive(tx, deps, intent);
  if (!row.ok) return row;
  const buyer = await buyerOf(tx, tx.home);
  if (!buyer.ok) return buyer;
  await tellMarket(tx, deps, row.value.market, intent);
  await lapseOffers(tx, intent);
  await updateIntent(tx, intent, { state: 'closed', open_key: null, look_at: null });
  return ok(null);
}

async function tellMarket(tx: Tx, deps: IntentDeps, marketId: string, intent: string): Promise<void> {
  const market = await findMarket(tx, marketId);
  const newest = (await castsOf(tx, tx.home, intent)).find((cast) => isLive(cast, deps.clock.now()));
  if (market && newest) await closeCast(tx, deps, market, newest);
}
