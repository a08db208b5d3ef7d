import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { Tx } from '../storage/index.ts';
import { waitingCast } from './answer-intent.ts';
import type { DeskDeps } from './deps.ts';
import { seenView } from './list-casts.ts';
import type { SeenCast } from './model.ts';
import { updateSeen } from './store.ts';
import { chosenStorefront, type OwnStorefront } from './storefront.ts';
import type { SeenRow } from './tables.ts';
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
    const seen = await setAside(tx, deps, input.alias, (storefront) =>
      chosenStorefront(tx, deps, storefront),
    );
    return seen.ok ? ok(seenView(deps, seen.value, deps.clock.now())) : seen;
  });
}

/** Sets one want aside, for a storefront that is looked up. */
export async function setAside(
  tx: Tx,
  deps: DeskDeps,
  alias: string,
  storefrontOf: (id: string) => Promise<Result<OwnStorefront>>,
): Promise<Result<SeenRow>> {
  const seen = await waitingCast(tx, deps, alias);
  if (isFailure(seen)) return seen;
  const storefront = await storefrontOf(seen.storefront);
  if (!storefront.ok) return storefront;
  await updateSeen(tx, seen.alias, { state: 'declined' });
  await tellMarket(tx, deps, storefront.value, 'cast-declined', { alias: seen.alias });
  return ok({ ...seen, state: 'declined' });
}
