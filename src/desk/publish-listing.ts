import type { z } from 'zod';
import { base32 } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { line } from '../kernel/schema.ts';
import { base64url } from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import type { DeskDeps } from './deps.ts';
import { listingView } from './listing-view.ts';
import { type Listing, ListingDraft } from './model.ts';
import { listingUnknown } from './set-stock.ts';
import { keepListings, marketOf } from './sign-listings.ts';
import { getOffer } from './store.ts';
import { chosenStorefront, type OwnStorefront } from './storefront.ts';
import { tellKept } from './tell-market.ts';

export const PublishListing = ListingDraft.extend({
  id: base64url.optional().describe('The listing that this one replaces.'),
  number: line
    .optional()
    .describe('Your own number for it; made when left out. The same number again replaces.'),
  storefront: base64url.optional().describe('Your first storefront when left out.'),
});

/**
 * Signs a standing offer and sends it to the market. With `first-come` or `firm` it is itself the offer and binds until
 * its date, while stock lasts. Fails with `storefront-needed`, `listing-unknown` and with the market's reasons, such as
 * `category-unknown`, `category-too-broad`, `listing-expired`, `fees-differ`.
 */
export async function publishListing(
  deps: DeskDeps,
  actor: PartyActor,
  input: z.output<typeof PublishListing>,
): Promise<Result<Listing>> {
  const { id, number, storefront, ...draft } = input;
  return deps.storage.transact(actor.home, async (tx) => {
    const own = await meant(tx, deps, id, storefront);
    if (!own.ok) return own;
    const market = await marketOf(tx, own.value.storefront);
    if (!market) return marketGone();
    const named = own.value.number ?? number ?? base32(deps.random.bytes(5));
    const kept = await keepListings(tx, deps, own.value.storefront, market, [{ number: named, draft }]);
    const failure = kept.outcomes[0]?.failure;
    if (failure) return failure;
    await tellKept(tx, deps, own.value.storefront, kept);
    return listingView(tx, deps, own.value.storefront.id, named);
  });
}

/** The storefront and, when a listing is replaced, the number that stays. */
async function meant(
  tx: Tx,
  deps: DeskDeps,
  replaced: string | undefined,
  storefront: string | undefined,
): Promise<Result<{ storefront: OwnStorefront; number?: string }>> {
  const offer = replaced === undefined ? undefined : await getOffer(tx, tx.home, replaced);
  if (replaced !== undefined && offer?.kind !== 'listing') return listingUnknown();
  const own = await chosenStorefront(tx, deps, offer?.storefront ?? storefront);
  if (!own.ok) return own;
  assert(!offer || offer.storefront === own.value.id, 'a listing stays in its storefront');
  return ok({ storefront: own.value, ...(offer && { number: offer.name }) });
}

export function marketGone(): Failure {
  return fail(
    'market-unknown',
    'The market of this storefront is not known any more.',
    'Open one at another market.',
  );
}
