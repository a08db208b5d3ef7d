import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import { base64url } from '../market/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { moveHoldsOf } from './hold-store.ts';
import { listingView } from './listing-view.ts';
import type { Listing } from './model.ts';
import { openItem } from './set-stock.ts';
import { setOfferState, updateItem } from './store.ts';
import { chosenStorefront, type OwnStorefront } from './storefront.ts';
import type { ItemRow } from './tables.ts';
import { tellWithdrawn } from './tell-market.ts';

export const WithdrawListing = z.object({ id: base64url });

/**
 * Takes a listing back: from this moment it cannot be accepted. What was accepted before stays agreed,
 * and what was set aside is set aside no longer. Fails with
 * `listing-unknown`, `listing-withdrawn`.
 */
export async function withdrawListing(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof WithdrawListing>,
): Promise<Result<Listing>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const item = await takeBack(tx, deps, input.id, (storefront) => chosenStorefront(tx, deps, storefront));
    if (!item.ok) return item;
    return listingView(tx, deps, item.value.storefront, item.value.number);
  });
}

/** Takes one listing back, for a storefront that is looked up. */
export async function takeBack(
  tx: Tx,
  deps: BaseDeps,
  listing: string,
  storefrontOf: (id: string) => Promise<Result<OwnStorefront>>,
): Promise<Result<ItemRow>> {
  const found = await openItem(tx, listing);
  if (!found.ok) return found;
  const item = found.value;
  const storefront = await storefrontOf(item.storefront);
  if (!storefront.ok) return storefront;
  await moveHoldsOf(tx, item, 'ended');
  await updateItem(tx, item, { state: 'withdrawn', held: 0, changed_at: deps.clock.now() });
  await setOfferState(tx, [item.listing], 'withdrawn');
  await tellWithdrawn(tx, deps, storefront.value, item.listing);
  return found;
}
