import { z } from 'zod';
import { send } from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { line } from '../kernel/schema.ts';
import {
  base64url,
  copyWire,
  findMarket,
  type KnownMarket,
  marketsOf,
  signStorefront,
  wireJson,
} from '../market/index.ts';
import { asIdentity, getPartyRow, newIdentity } from '../parties/index.ts';
import { toWire } from '../records/index.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import { deskLimits } from './limits.ts';
import type { Storefront } from './model.ts';
import { storefrontsOf } from './store.ts';
import type { DeskTables, StorefrontRow } from './tables.ts';

export const OpenStorefront = z.object({
  name: line.describe('The name that buyers see.'),
  market: base64url.optional().describe('The first market of your kind when left out.'),
});

/**
 * Opens a storefront at a market: an identity of its own that only this market and its buyers know. Once per market;
 * again with the same name answers the one that is open. Fails with `market-unknown`, `storefront-open`.
 */
export async function openStorefront(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof OpenStorefront>,
): Promise<Result<Storefront>> {
  const market = await deps.storage.read((view) => chosenMarket(view, actor.home, input.market));
  if (!market)
    return fail('market-unknown', 'This node knows no such market.', 'Look at the list of markets.');
  return deps.storage.transact(actor.home, (tx) => openAt(tx, deps, market, input.name));
}

/** A sample party sells at the sample market and a real one at a real market, when there is one. */
async function chosenMarket(
  view: View,
  home: string,
  id: string | undefined,
): Promise<KnownMarket | undefined> {
  if (id !== undefined) return findMarket(view, id);
  const known = await marketsOf(view);
  const party = await getPartyRow(view, home);
  return known.find((market) => market.isSample === (party?.sample != null)) ?? known[0];
}

/** Opens a storefront at a known market within a transaction of its vendor. */
export async function openAt(
  tx: Tx,
  deps: BaseDeps,
  market: KnownMarket,
  name: string,
): Promise<Result<Storefront>> {
  const open = await storefrontsOf(tx, tx.home);
  const here = open.find((row) => row.market === market.id);
  if (here?.name === name) return ok(storefrontView(here));
  if (here) {
    return fail('storefront-open', 'You have a storefront at this market already.', 'Use that one.');
  }
  if (open.length >= deskLimits.storefronts) {
    return fail(
      'storefronts-full',
      'You have as many storefronts as one party may have.',
      'Use one of them.',
    );
  }
  const identity = await newIdentity(tx, deps, 'storefront');
  if (!identity.ok) return identity;
  const { key, document, host, inbox } = identity.value;
  const signed = signStorefront(
    {
      market: market.id,
      name,
      key: toBase64url(key.publicKey),
      identity: copyWire(toWire(document)),
      address: { host, inbox },
    },
    key,
    deps.random,
  );
  const row: StorefrontRow = {
    home_id: tx.home,
    id: signed.id,
    market: market.id,
    market_name: market.name,
    market_host: market.address.host,
    market_inbox: market.address.inbox,
    is_sample: market.isSample,
    name,
    identity: identity.value.id,
    document: JSON.stringify(signed.wire),
    opened_at: deps.clock.now(),
  };
  await tables<DeskTables>(tx).insertInto('storefronts').values(row).execute();
  await send(tx, deps, {
    to: { ...market.address, key: market.key },
    as: asIdentity(identity.value.id, signed.id),
    type: 'storefront-open',
    body: { storefront: wireJson(signed.wire) },
    about: signed.id,
  });
  return ok(storefrontView(row));
}

export function storefrontView(row: StorefrontRow): Storefront {
  const market = { id: row.market, name: row.market_name, isSample: row.is_sample };
  return { id: row.id, name: row.name, market, openedAt: row.opened_at };
}
