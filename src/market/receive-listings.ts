import { type Envelope, type InboxHandler, send } from '../delivery/index.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { keyOf, malformed, toWire } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { knowledgeOf, type MarketDeps } from './deps.ts';
import { readListing, readStock, readWithdrawal, type Verified } from './documents.ts';
import { dropWays, enterListings, type Refused } from './enter-listings.ts';
import { listingKey } from './keys.ts';
import type { Listing } from './model.ts';
import { marketLimits } from './parts.ts';
import { isStorefront, notAMarket, reachStorefront } from './receive-storefront.ts';
import { keepQuoted, resignedFrom } from './resigned.ts';
import { meetOpenCasts } from './reverse.ts';
import { getSelf, getStorefront, type Self, wireJson, wireOf } from './store.ts';
import type { MarketTables, StorefrontRow } from './tables.ts';
import { tellEnded } from './tell-ended.ts';

/** The market and the storefront that an envelope comes from; refused with `storefront-unknown`. */
async function senderOf(
  tx: Tx,
  envelope: Envelope,
): Promise<Result<{ self: Self; storefront: StorefrontRow; key: Uint8Array }>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const storefront = await getStorefront(tx, tx.home, envelope.from);
  const key = keyOf(storefront?.public_key);
  if (!storefront || !key) {
    return fail('storefront-unknown', 'This storefront is not open here.', 'Open it, then publish again.');
  }
  return ok({ self, storefront, key });
}

/**
 * Listings come in, a few in one envelope: those that may stand are let in and meet the open casts; for the others
 * `listings-refused` goes back with each one's code. A broken or wrongly signed one refuses the envelope.
 */
async function publish(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const sender = await senderOf(tx, envelope);
  if (!sender.ok) return sender;
  const { self, storefront, key } = sender.value;
  const wires = Array.isArray(envelope.body.listings) ? envelope.body.listings : [envelope.body.listing];
  if (wires.length > marketLimits.listingsPerEnvelope) return malformed('it has too many listings');
  const listings: Verified<Listing>[] = [];
  for (const wire of wires) {
    const read = readListing(wire, key);
    if (isFailure(read)) return read;
    listings.push(read.value);
  }
  const resigned = await resignedFrom(tx, storefront.id, listings);
  const { entered: all, refused } = await enterListings(tx, deps, self, storefront, listings);
  const ids = new Set(all.map(({ listing }) => listing.id));
  await keepQuoted(tx, resigned, ids);
  const entered = all.filter(({ listing }) => !resigned.has(listing.id));
  const replaced = entered.flatMap(({ listing: { value, document } }) =>
    value.replaces === undefined
      ? []
      : [{ listing: value.replaces, proof: { listing: wireJson(toWire(document)) } }],
  );
  await tellEnded(tx, deps, self, storefront.id, replaced);
  await meetOpenCasts(tx, deps, self, entered);
  if (refused.length > 0) await tellRefused(tx, deps, self, storefront, refused);
  return ok(null);
}

async function tellRefused(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  storefront: StorefrontRow,
  refused: readonly Refused[],
): Promise<void> {
  await send(tx, deps, {
    to: reachStorefront(storefront),
    as: self.speaker,
    type: 'listings-refused',
    body: { storefront: storefront.id, refused: refused.map((it) => ({ ...it })) },
  });
}

/** A vendor takes a listing out, and open casts that were quoted it are told; one that is not here any more is no failure. */
async function withdraw(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const sender = await senderOf(tx, envelope);
  if (!sender.ok) return sender;
  const { self, storefront, key } = sender.value;
  const read = readWithdrawal(envelope.body.withdrawal, key);
  if (!read.ok) return read;
  if (read.value.value.storefront !== storefront.id) return malformed('it is for another storefront');
  const db = tables<MarketTables>(tx);
  const gone = await db
    .deleteFrom('market_listings')
    .where('home_id', '=', tx.home)
    .where('storefront', '=', storefront.id)
    .where('id', '=', read.value.value.listing)
    .returning('id')
    .execute();
  if (gone.length === 0) return ok(null);
  const proof = { withdrawal: wireJson(toWire(read.value.document)) };
  await tellEnded(tx, deps, self, storefront.id, [{ listing: read.value.value.listing, proof }]);
  await dropWays(
    tx,
    gone.map((row) => row.id),
  );
  await db
    .updateTable('market_storefronts')
    .set((e) => ({ listings: e('listings', '-', gone.length) }))
    .where('home_id', '=', tx.home)
    .where('id', '=', storefront.id)
    .execute();
  return ok(null);
}

/** A vendor says whether any are left: without, a listing is not quoted; with, it is quoted again. */
async function restock(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const sender = await senderOf(tx, envelope);
  if (!sender.ok) return sender;
  const { self, storefront, key } = sender.value;
  const read = readStock(envelope.body.stock, key);
  if (!read.ok) return read;
  const { listing, left } = read.value.value;
  const db = tables<MarketTables>(tx);
  const changed = await db
    .updateTable('market_listings')
    .set({ is_open: left > 0 })
    .where('home_id', '=', tx.home)
    .where('storefront', '=', storefront.id)
    .where('id', '=', listing)
    .returning(['id', 'payload', 'signatures'])
    .executeTakeFirst();
  if (!changed) return ok(null);
  await db
    .updateTable('market_ways')
    .set({ is_open: left > 0 })
    .where('home_id', '=', tx.home)
    .where('listing', '=', listing)
    .execute();
  if (left > 0) {
    const again = readListing(wireOf(changed), key);
    const entry = again.ok ? listingKey(listing, again.value.value, knowledgeOf(deps)) : undefined;
    if (again.ok && entry) await meetOpenCasts(tx, deps, self, [{ listing: again.value, key: entry }]);
  }
  return ok(null);
}

export const listingsPublished: InboxHandler<MarketDeps> = {
  type: 'listing-publish',
  isSpeaker: isStorefront,
  receive: publish,
};
export const listingWithdrawn: InboxHandler<MarketDeps> = {
  type: 'listing-withdraw',
  isSpeaker: isStorefront,
  receive: withdraw,
};
export const listingRestocked: InboxHandler<MarketDeps> = {
  type: 'listing-stock',
  isSpeaker: isStorefront,
  receive: restock,
};
