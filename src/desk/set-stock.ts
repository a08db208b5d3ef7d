import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { base64url } from '../market/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { deskLimits } from './limits.ts';
import { listingView } from './listing-view.ts';
import type { Listing } from './model.ts';
import { lapseHolds, setStock } from './pieces.ts';
import { itemsWith, listingsNamed } from './store.ts';
import { ownStorefront } from './storefront.ts';
import type { ItemRow } from './tables.ts';
import { tellStock } from './tell-market.ts';

export const SetStock = z.object({
  id: base64url.describe('The listing.'),
  stock: z.int().min(0).max(deskLimits.stock),
});

/** Says how many are left. The listing stays as it is signed. Fails with `listing-unknown`, `listing-withdrawn`, `stock-held`. */
export async function setListingStock(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof SetStock>,
): Promise<Result<Listing>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const found = await openItem(tx, input.id);
    if (!found.ok) return found;
    const item = await lapseHolds(tx, deps, found.value);
    if (input.stock < item.held) return stockHeld(item.held);
    const changed = await setStock(tx, deps, item, input.stock);
    const storefront = await ownStorefront(tx, deps, item.storefront);
    if (storefront) await tellStock(tx, deps, storefront, changed);
    return listingView(tx, deps, item.storefront, item.number);
  });
}

/** The item that a listing in force describes. */
async function openItem(tx: Tx, listing: string): Promise<Result<ItemRow>> {
  return (await openItems(tx, [listing])).get(listing) ?? listingUnknown();
}

/** The items that these listings describe, each if it is in force; all of them are in the answer. */
export async function openItems(
  tx: Tx,
  listings: readonly string[],
): Promise<ReadonlyMap<string, Result<ItemRow>>> {
  const items = new Map<string, ItemRow>();
  const named = await listingsNamed(tx, listings);
  for (const [storefront, offers] of Map.groupBy(named, (offer) => offer.storefront)) {
    const numbers = offers.map((offer) => offer.name);
    const found = await itemsWith(tx, tx.home, storefront, numbers);
    for (const { id, name } of offers) {
      const item = found.get(name);
      if (item) items.set(id, item);
    }
  }
  return new Map(listings.map((listing) => [listing, inForce(items.get(listing), listing)]));
}

function inForce(item: ItemRow | undefined, listing: string): Result<ItemRow> {
  if (!item) return listingUnknown();
  if (item.state === 'open' && item.listing === listing) return ok(item);
  return fail('listing-withdrawn', 'This listing is not in force any more.', 'Look at the one in its place.');
}

function stockHeld(held: number): Failure {
  const sentence = `${held} of them ${held === 1 ? 'is' : 'are'} set aside for buyers who decide.`;
  return fail('stock-held', sentence, 'Give no lower number, or withdraw the listing.', { stock: sentence });
}

export function listingUnknown(): Failure {
  return fail('listing-unknown', 'You have no such listing.', 'Look at the list of your listings.');
}
