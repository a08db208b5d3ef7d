import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { OfferState } from './model.ts';
import { findOfferRow, setOfferState } from './offer-store.ts';
import { offerStateAt } from './offer-view.ts';

export const DeclineOffer = z.object({ id });
export const Declined = z.object({ id, state: OfferState });

/**
 * Puts an offer aside. Nobody is told: the vendor does not know who was asked. Declining twice changes nothing. Fails with
 * `offer-unknown`, or `offer-not-open` when it was taken, has gone or has expired.
 */
export async function declineOffer(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof DeclineOffer>,
): Promise<Result<z.output<typeof Declined>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await findOfferRow(tx, actor.home, input.id);
    if (!row) return fail('offer-unknown', 'There is no such offer.', 'Look it up under its want.');
    const state = offerStateAt(row, deps.clock.now());
    if (state !== 'open' && state !== 'declined') {
      return fail('offer-not-open', `This offer is ${state} already.`, 'There is nothing left to decline.');
    }
    await setOfferState(tx, input.id, 'declined');
    return ok({ id: input.id, state: 'declined' as const });
  });
}
