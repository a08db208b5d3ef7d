import { z } from 'zod';
import { type Envelope, type InboxHandler, ownName } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { keyOf, malformed } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { dropHold, endHolds, getHold, setHold } from './ask-holds.ts';
import type { MarketDeps } from './deps.ts';
import { declinedCastId, readHold, readQuoteDeclined } from './documents.ts';
import { Wire } from './parts.ts';
import { isStorefront, notAMarket } from './receive-storefront.ts';
import { sendQuotes } from './send-quotes.ts';
import { copyWire, getCast, getSelf, getStorefront, type Self } from './store.ts';
import type { CastRow, HoldRow, MarketTables } from './tables.ts';

const Answered = z.object({ alias: id, hold: Wire.nullable() });

/** A vendor has set a piece aside, which goes on with its listing to whoever cast; or has none to set aside. */
async function answered(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const body = Answered.safeParse(envelope.body);
  if (!body.success) return malformed('it says nothing of a piece');
  const row = await getHold(tx, body.data.alias);
  if (row?.storefront !== envelope.from) {
    return fail('alias-unknown', 'No piece was asked for under this name.', 'Nothing was changed.');
  }
  if (row.state !== 'asked') return ok(null);
  if (body.data.hold === null) {
    await dropHold(tx, row.alias);
    return ok(null);
  }
  const key = keyOf((await getStorefront(tx, tx.home, row.storefront))?.public_key);
  const read = key ? readHold(body.data.hold, key) : malformed('its storefront is not open here');
  if (!read.ok) return read;
  const { alias, listing, storefront, until } = read.value.value;
  if (alias !== row.alias || listing !== row.listing || storefront !== row.storefront) {
    return malformed('it sets something else aside');
  }
  const cast = await getCast(tx, tx.home, row.cast_id);
  const isWanted = cast && until > deps.clock.now() && (await canBeQuoted(tx, deps, self, cast, row));
  if (!isWanted || cast.host === null || cast.inbox === null) {
    await endHolds(tx, deps, self, row.cast_id, row.listing);
    return ok(null);
  }
  await setHold(tx, row.alias, 'held');
  const reachable = { id: cast.id, reply: { host: cast.host, inbox: cast.inbox }, quoted: cast.quoted };
  const quoted = { listing, storefront, hold: copyWire(body.data.hold) };
  await sendQuotes(tx, deps, self, reachable, [quoted], false);
  return ok(null);
}

/** Whether the cast still takes quotes and the listing still stands. */
async function canBeQuoted(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  cast: CastRow,
  row: HoldRow,
): Promise<boolean> {
  if (!cast.is_open || cast.until_at <= deps.clock.now() || cast.quoted >= self.rules.capQuotes) return false;
  const listing = await tables<MarketTables>(tx)
    .selectFrom('market_listings')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('id', '=', row.listing)
    .executeTakeFirst();
  return listing !== undefined;
}

/** Whoever cast does not want what was set aside for them: the vendor hears that it is free. Fails with `cast-unknown`. */
async function declined(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const cast = await getCast(tx, tx.home, declinedCastId(envelope.body.declined) ?? '');
  const key = keyOf(cast?.public_key);
  if (!cast || !key) return fail('cast-unknown', 'No such want was cast here.', 'Nothing needs to be done.');
  const read = readQuoteDeclined(envelope.body.declined, key);
  if (!read.ok) return malformed('another key declined it');
  await endHolds(tx, deps, self, cast.id, read.value.value.listing);
  return ok(null);
}

export const holdAnswered: InboxHandler<MarketDeps> = {
  type: 'hold-answered',
  isSpeaker: isStorefront,
  receive: answered,
};
export const quoteDeclined: InboxHandler<MarketDeps> = {
  type: 'quote-declined',
  isSpeaker: ownName,
  receive: declined,
};
