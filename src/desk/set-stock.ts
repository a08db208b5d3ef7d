import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { base64url } from '../market/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { deskLimits } from './limits.ts';
import { listingView } from './listing-view.ts';
import type { Listing } from './model.ts';
import { getItem, getOffer, updateItem } from './store.ts';
import { ownStorefront } from './storefront.ts';
import type { ItemRow } from './tables.ts';
import { tellStock } from './tell-market.ts';

/** A listing that has pieces again, or none any more. */
export interface Restocked {
  readonly listing: string;
  readonly left: 0 | 1;
}

export const SetStock = z.object({
  id: base64url.describe('The listing.'),
  stock: z.int().min(0).max(deskLimits.stock),
});

/** Says how many are left. The listing stays as it is signed. Fails with `listing-unknown`, `listing-withdrawn`. */
export async function setListingStock(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof SetStock>,
): Promise<Result<Listing>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const found = await openItem(tx, input.id);
    if (!found.ok) return found;
    const item = found.value;
    const changed = await setStock(tx, deps, item, input.stock);
    const storefront = await ownStorefront(tx, deps, item.storefront);
    if (storefront) await tellStock(tx, deps, storefront, changed);
    return listingView(tx, deps, item.storefront, item.number);
  });
}

/** The item that a listing in force describes. */
export async function openItem(tx: Tx, listing: string): Promise<Result<ItemRow>> {
  const offer = await getOffer(tx, tx.home, listing);
  const item =
    offer?.kind === 'listing' ? await getItem(tx, tx.home, offer.storefront, offer.name) : undefined;
  if (!item) return listingUnknown();
  if (item.state !== 'open' || item.listing !== listing) {
    return fail(
      'listing-withdrawn',
      'This listing is not in force any more.',
      'Look at the one in its place.',
    );
  }
  return ok(item);
}

export function listingUnknown(): Failure {
  return fail('listing-unknown', 'You have no such listing.', 'Look at the list of your listings.');
}

/** Sets what is left; answers what the market has to hear: only whether there are any, when that has changed. */
export async function setStock(tx: Tx, deps: BaseDeps, item: ItemRow, stock: number): Promise<Restocked[]> {
  if (item.stock === stock) return [];
  await updateItem(tx, item, { stock, changed_at: deps.clock.now() });
  const [had, has] = [item.stock > 0, stock > 0];
  return had === has ? [] : [{ listing: item.listing, left: has ? 1 : 0 }];
}
