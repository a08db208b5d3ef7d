import { type Destination, type Envelope, type InboxHandler, isKey } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { readInception } from '../parties/index.ts';
import { fromWire, keyOf, malformed, toWire } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { readStorefront, type Verified } from './documents.ts';
import type { Storefront } from './model.ts';
import { getSelf, getStorefront, type Self } from './store.ts';
import type { MarketTables, StorefrontRow } from './tables.ts';

/** A vendor opens a storefront here: checks that its identity speaks for it, and remembers it. Twice is once. */
async function receive(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const read = readStorefront(envelope.body.storefront);
  if (!read.ok) return read;
  if (read.value.id !== envelope.from) return malformed('its sender has another name');
  return enterStorefront(tx, deps, self, read.value);
}

/** Lets a verified storefront into this market. */
export async function enterStorefront(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  storefront: Verified<Storefront>,
): Promise<Result<unknown>> {
  const { market, name, key, identity, address } = storefront.value;
  if (market !== self.id) return fail('market-other', 'It is for another market.', 'Open it there.');
  const document = fromWire(identity);
  if (!document.ok) return document;
  const inception = readInception(document.value);
  if (!inception.ok) return inception;
  const { nodeKey, host, inbox } = inception.value;
  if (!keyOf(key)?.every((octet, i) => octet === nodeKey[i]))
    return malformed('its identity has another key');
  if (host !== address.host || inbox !== address.inbox) return malformed('its identity has another address');
  await tables<MarketTables>(tx)
    .insertInto('market_storefronts')
    .values({
      home_id: tx.home,
      id: storefront.id,
      name,
      public_key: key,
      host,
      inbox,
      document: JSON.stringify(toWire(storefront.document)),
      opened_at: deps.clock.now(),
      listings: 0,
      kept: 0,
      late: 0,
      broken: 0,
      repaired: 0,
    })
    .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
    .execute();
  return ok(null);
}

export function notAMarket(): Result<never> {
  return fail('not-a-market', 'There is no market at this address.', 'Look for the market again.');
}

/** An open storefront speaks with the key it was opened with. */
export async function isStorefront(
  tx: Tx,
  _deps: MarketDeps,
  envelope: Envelope,
  key: Uint8Array,
): Promise<boolean> {
  return isKey(key, (await getStorefront(tx, tx.home, envelope.from))?.public_key);
}

/** Where a storefront is reached. */
export function reachStorefront(row: Pick<StorefrontRow, 'host' | 'inbox' | 'public_key'>): Destination {
  return { host: row.host, inbox: row.inbox, key: row.public_key };
}

export const storefrontOpened: InboxHandler<MarketDeps> = {
  type: 'storefront-open',
  async isSpeaker(_tx, _deps, envelope, key) {
    const read = readStorefront(envelope.body.storefront);
    return read.ok && read.value.id === envelope.from && isKey(key, read.value.value.key);
  },
  receive,
};
