import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Failure, Result } from '../kernel/result.ts';
import { base64url } from '../market/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { endHoldsOf } from './hold-store.ts';
import { listingView } from './listing-view.ts';
import type { Listing } from './model.ts';
import { listingUnknown, openItems } from './set-stock.ts';
import { setOfferState, updateItems } from './store.ts';
import { chosenStorefront } from './storefront.ts';
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
    const { items, not } = await takeBack(tx, deps, [input.id]);
    const [item] = items;
    const [why] = not.values();
    return item ? listingView(tx, deps, item.storefront, item.number) : (why ?? listingUnknown());
  });
}

interface TakenBack {
  readonly items: readonly ItemRow[];
  readonly not: ReadonlyMap<string, Failure>;
}

/** Takes listings back, each if it is in force: the rows of all in a few statements, and word to the market of each. */
export async function takeBack(tx: Tx, deps: BaseDeps, listings: readonly string[]): Promise<TakenBack> {
  const not = new Map<string, Failure>();
  const open: ItemRow[] = [];
  for (const [listing, found] of await openItems(tx, listings)) {
    if (found.ok) open.push(found.value);
    else not.set(listing, found);
  }
  const items: ItemRow[] = [];
  for (const [id, ofOne] of Map.groupBy(open, (item) => item.storefront)) {
    const storefront = await chosenStorefront(tx, deps, id);
    if (!storefront.ok) {
      for (const item of ofOne) not.set(item.listing, storefront);
      continue;
    }
    await withdrawItems(tx, id, ofOne, deps.clock.now());
    for (const item of ofOne) await tellWithdrawn(tx, deps, storefront.value, item.listing);
    items.push(...ofOne);
  }
  return { items, not };
}

async function withdrawItems(
  tx: Tx,
  storefront: string,
  items: readonly ItemRow[],
  now: Instant,
): Promise<void> {
  const numbers = items.map((item) => item.number);
  await endHoldsOf(tx, storefront, numbers);
  await updateItems(tx, storefront, numbers, { state: 'withdrawn', held: 0, changed_at: now });
  await setOfferState(
    tx,
    items.map((item) => item.listing),
    'withdrawn',
  );
}
