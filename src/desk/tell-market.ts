import { send } from '../delivery/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/json.ts';
import { must } from '../kernel/result.ts';
import {
  findMarket,
  marketLimits,
  type Signed,
  signStock,
  signWithdrawal,
  wireJson,
} from '../market/index.ts';
import { asIdentity, readChange } from '../parties/index.ts';
import { documentId, type SignedDocument, toWire } from '../records/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import type { Restocked } from './pieces.ts';
import type { Kept } from './sign-listings.ts';
import type { OwnStorefront } from './storefront.ts';
import type { StorefrontRow } from './tables.ts';

/** Sends something to the market of a storefront, in its name. */
export async function tellMarket(
  tx: Tx,
  deps: BaseDeps,
  storefront: OwnStorefront,
  type: string,
  body: JsonObject,
  about?: string,
): Promise<void> {
  const { market_host: host, market_inbox: inbox } = storefront.row;
  await send(tx, deps, {
    to: { host, inbox, key: storefront.marketKey },
    as: storefront.speaker,
    type,
    body,
    ...(about !== undefined && { about }),
  });
}

/** Tells the market of a storefront's new keys and address; under the change's own name, so that nothing holds it back. */
export async function tellMarketMoved(
  tx: Tx,
  deps: BaseDeps,
  row: StorefrontRow,
  change: SignedDocument,
  notBefore: Instant,
): Promise<void> {
  const { market, market_host: host, market_inbox: inbox } = row;
  await send(tx, deps, {
    to: { host, inbox, key: (await findMarket(tx, market))?.key },
    as: asIdentity(row.identity, documentId(change), must(readChange(change)).nodeKey),
    type: 'storefront-moved',
    body: { storefront: row.id, change: wireJson(toWire(change)) },
    isBlurred: true,
    noticeOf: row.identity,
    notBefore,
  });
}

/** Tells the market what has been listed and what has run out or come back. */
export async function tellKept(tx: Tx, deps: BaseDeps, storefront: OwnStorefront, kept: Kept): Promise<void> {
  for (const chunk of envelopesOf(kept.signed)) {
    await tellMarket(tx, deps, storefront, 'listing-publish', {
      listings: chunk.map((it) => wireJson(it.wire)),
    });
  }
  await tellStock(tx, deps, storefront, kept.restocked);
}

/** A few listings in one envelope, and never more than fit into it. */
function envelopesOf(signed: readonly Signed[]): Signed[][] {
  const envelopes: Signed[][] = [];
  let chars = 0;
  for (const it of signed) {
    const size = JSON.stringify(it.wire).length;
    const last = envelopes.at(-1);
    if (!last || last.length >= marketLimits.listingsPerEnvelope || chars + size > marketLimits.chunkChars) {
      envelopes.push([it]);
      chars = size;
    } else {
      last.push(it);
      chars += size;
    }
  }
  return envelopes;
}

/** Tells the market which listings have pieces left; never how many. */
export async function tellStock(
  tx: Tx,
  deps: BaseDeps,
  storefront: OwnStorefront,
  restocked: readonly Restocked[],
): Promise<void> {
  for (const { listing, left } of restocked) {
    const { wire } = signStock({ listing, storefront: storefront.id, left }, storefront.key, deps.random);
    await tellMarket(tx, deps, storefront, 'listing-stock', { stock: wireJson(wire) }, listing);
  }
}

export async function tellWithdrawn(
  tx: Tx,
  deps: BaseDeps,
  storefront: OwnStorefront,
  listing: string,
): Promise<void> {
  const { wire } = signWithdrawal({ listing, storefront: storefront.id }, storefront.key, deps.random);
  await tellMarket(tx, deps, storefront, 'listing-withdraw', { withdrawal: wireJson(wire) }, listing);
}
