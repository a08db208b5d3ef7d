import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { waitingCast } from './answer-intent.ts';
import type { DeskDeps } from './deps.ts';
import { seenView } from './list-casts.ts';
import type { SeenCast } from './model.ts';
import { updateSeen } from './store.ts';
import { chosenStorefront } from './storefront.ts';
import { tellMarket } from './tell-market.ts';

export const DeclineCast = z.object({ alias: id });

/**
 * Sets a want aside. Whoever cast it is not told. Fails with `cast-unknown`, `already-answered`, `cast-full`,
 * `cast-over`.
 */
export async function declineCast(
  deps: DeskDeps,
  actor: PartyActor,
  input: z.output<typeof DeclineCast>,
): Promise<Result<SeenCast>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const seen = await waitingCast(tx, deps, input.alias);
    if (isFailure(seen)) return seen;
    const storefront = await chosenStorefront(tx, deps, seen.storefront);
    if (!storefront.ok) return storefront;
    await updateSeen(tx, seen.alias, { state: 'declined' });
    await tellMarket(tx, deps, storefront.value, 'cast-declined', { alias: seen.alias });
    return ok(seenView(deps, { ...seen, state: 'declined' }, deps.clock.now()));
  });
}
