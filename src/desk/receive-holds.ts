import { z } from 'zod';
import type { Envelope, InboxHandler } from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant } from '../kernel/schema.ts';
import { base64url, Listing, type Signed, signHold, wireJson } from '../market/index.ts';
import { keepDocument, malformed } from '../records/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { getHold, insertHold } from './hold-store.ts';
import { deskLimits } from './limits.ts';
import { changePieces, endHold, lapseHolds } from './pieces.ts';
import { foreign, isFromItsMarket, isMarketOfStorefront } from './receive-casts.ts';
import { getItem, getOffer } from './store.ts';
import { type OwnStorefront, ownStorefront } from './storefront.ts';
import type { ItemRow } from './tables.ts';
import { tellMarket } from './tell-market.ts';

const HOUR_MS = 3_600_000;

const Wanted = z.object({ storefront: base64url, listing: base64url, alias: id, until: instant });
const Ended = z.object({ storefront: base64url, alias: id });
type Wanted = z.infer<typeof Wanted>;

/**
 * A market is about to quote a `firm` listing and asks for a piece to be set aside first. It hears a signed hold, or that
 * there is none, and never how many there are.
 */
async function wanted(tx: Tx, deps: BaseDeps, envelope: Envelope): Promise<Result<unknown>> {
  const body = Wanted.safeParse(envelope.body);
  if (!body.success) return malformed('it names no listing');
  const { storefront: id, alias } = body.data;
  if (!(await isFromItsMarket(tx, id, envelope))) return foreign();
  const storefront = await ownStorefront(tx, deps, id);
  if (!storefront) return fail('storefront-unknown', 'There is no such storefront here.', '');
  if (await getHold(tx, tx.home, alias)) return malformed('that alias has been used');
  const hold = await setAside(tx, deps, storefront, body.data);
  await tellMarket(tx, deps, storefront, 'hold-answered', { alias, hold: hold ? wireJson(hold.wire) : null });
  return ok(null);
}

/** Sets one piece aside and signs that; undefined when none is free. */
async function setAside(
  tx: Tx,
  deps: BaseDeps,
  storefront: OwnStorefront,
  { listing, alias, until }: Wanted,
): Promise<Signed | undefined> {
  const now = deps.clock.now();
  const item = await firmItem(tx, deps, storefront.id, listing);
  if (!item || item.stock - item.held < 1 || item.held >= deskLimits.holdsPerListing) return undefined;
  const end = Math.min(now + deskLimits.holdHours * HOUR_MS, item.until_at, until);
  if (end <= now) return undefined;
  const key = toBase64url(storefront.key.publicKey);
  const signed = signHold(
    { storefront: storefront.id, key, listing, alias, until: end },
    storefront.key,
    deps.random,
  );
  const document = await keepDocument(tx, 'hold', signed.document, now);
  const { number } = item;
  const dates = { made_at: now, until_at: end };
  await insertHold(tx, {
    alias,
    storefront: storefront.id,
    number,
    listing,
    state: 'open',
    ...dates,
    document,
  });
  await changePieces(tx, deps, item, { held: item.held + 1 });
  return signed;
}

/** The item that a `firm` listing in force describes. */
async function firmItem(
  tx: Tx,
  deps: BaseDeps,
  storefront: string,
  listing: string,
): Promise<ItemRow | undefined> {
  const offer = await getOffer(tx, tx.home, listing);
  if (offer?.kind !== 'listing' || offer.storefront !== storefront || offer.state !== 'open')
    return undefined;
  const { mode } = Listing.parse(JSON.parse(Buffer.from(offer.payload).toString('utf8')));
  const item = await getItem(tx, tx.home, storefront, offer.name);
  const isInForce = mode === 'firm' && item?.state === 'open' && item.listing === listing;
  return isInForce ? lapseHolds(tx, deps, item) : undefined;
}

/** Whoever a piece was set aside for does not want it, or asks for nothing more: it is free again. */
async function ended(tx: Tx, deps: BaseDeps, envelope: Envelope): Promise<Result<unknown>> {
  const body = Ended.safeParse(envelope.body);
  if (!body.success) return malformed('it names no want');
  if (!(await isFromItsMarket(tx, body.data.storefront, envelope))) return foreign();
  await endHold(tx, deps, body.data.storefront, body.data.alias);
  return ok(null);
}

export const holdHandlers: readonly InboxHandler<BaseDeps>[] = [
  { type: 'hold-wanted', isSpeaker: isMarketOfStorefront, receive: wanted },
  { type: 'hold-ended', isSpeaker: isMarketOfStorefront, receive: ended },
];
