import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { findMarket } from '../market/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { declineQuote } from './cast.ts';
import { findCast, isLive } from './cast-store.ts';
import { buyerOf } from './levels.ts';
import { OfferState } from './model.ts';
import { findOfferRow, setOfferState } from './offer-store.ts';
import { offerStateAt } from './offer-view.ts';
import { type CastRow, isHeldAt } from './tables.ts';

export const DeclineOffer = z.object({ id });
export const Declined = z.object({ id, state: OfferState });

/**
 * Puts an offer aside. Nobody is told, unless a piece is set aside for it: then the market hears that this cast does not
 * need it, and the vendor that it is free again; neither learns who was asked. Declining twice changes nothing. Fails with
 * `offer-unknown`, or `offer-not-open` when it was taken, has gone or has expired.
 */
export async function declineOffer(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof DeclineOffer>,
): Promise<Result<z.output<typeof Declined>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const put = await putAside(tx, deps, input.id);
    return put.ok ? ok({ id: input.id, state: 'declined' as const }) : put;
  });
}

/** Puts one offer aside. */
export async function putAside(tx: Tx, deps: BaseDeps, offer: string): Promise<Result<null>> {
  const row = await findOfferRow(tx, tx.home, offer);
  if (!row) return fail('offer-unknown', 'There is no such offer.', 'Look it up under its want.');
  const state = offerStateAt(row, deps.clock.now());
  if (state !== 'open' && state !== 'declined') {
    return fail('offer-not-open', `This offer is ${state} already.`, 'There is nothing left to decline.');
  }
  if (state === 'open' && isHeldAt(row, deps.clock.now())) {
    const cast = await findCast(tx, tx.home, row.cast_id);
    if (cast) await freePiece(tx, deps, cast, row.document);
  }
  await setOfferState(tx, offer, 'declined');
  return ok(null);
}

/** Tells the market that what was set aside for a cast is not needed, unless the cast is over there anyway. */
export async function freePiece(tx: Tx, deps: BaseDeps, cast: CastRow, listing: string): Promise<void> {
  const market = await findMarket(tx, cast.market);
  const canSpeak = (await buyerOf(tx, tx.home)).ok;
  if (market && canSpeak && isLive(cast, deps.clock.now()))
    await declineQuote(tx, deps, market, cast, listing);
}
