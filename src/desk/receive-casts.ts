import { z } from 'zod';
import { type Envelope, type InboxHandler, isKey } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant } from '../kernel/schema.ts';
import { base64url, Cell, cellId, findMarket, rosterId } from '../market/index.ts';
import { isPathOf } from '../parties/index.ts';
import { malformed } from '../records/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { getSeen, getStorefrontRow, updateSeen } from './store.ts';
import type { DeskTables } from './tables.ts';

const Seen = z.object({ storefront: base64url, alias: id, cell: Cell, terms: rosterId, until: instant });
const Full = z.object({ alias: id, why: z.enum(['full', 'closed']).default('full') });
const Refused = z.object({
  storefront: base64url,
  refused: z.array(z.object({ id: base64url, code: z.string().regex(/^[a-z-]{1,60}$/) })).max(1000),
});

/** A market shows a cast to be answered by hand. Only the market of that storefront may. */
async function seen(tx: Tx, deps: BaseDeps, envelope: Envelope): Promise<Result<unknown>> {
  const body = Seen.safeParse(envelope.body);
  if (!body.success) return malformed('it is not a cast');
  const { storefront, alias, cell, terms, until } = body.data;
  if (!(await isFromItsMarket(tx, storefront, envelope))) return foreign();
  await tables<DeskTables>(tx)
    .insertInto('desk_casts')
    .values({
      home_id: tx.home,
      alias,
      storefront,
      cell: cellId(cell),
      terms,
      received_at: deps.clock.now(),
      until_at: until,
      state: 'new',
      answer: null,
    })
    .onConflict((c) => c.columns(['home_id', 'alias']).doNothing())
    .execute();
  return ok(null);
}

/** A cast takes no more answers: enough came, or whoever cast has what they want. */
async function full(tx: Tx, _deps: BaseDeps, envelope: Envelope): Promise<Result<unknown>> {
  const body = Full.safeParse(envelope.body);
  if (!body.success) return malformed('it names no cast');
  const row = await getSeen(tx, tx.home, body.data.alias);
  if (!row) return ok(null);
  if (!(await isFromItsMarket(tx, row.storefront, envelope))) return foreign();
  if (row.state === 'new') await updateSeen(tx, row.alias, { state: body.data.why });
  return ok(null);
}

/** The market did not take some listings; each shows why until it is published again. */
async function refused(tx: Tx, _deps: BaseDeps, envelope: Envelope): Promise<Result<unknown>> {
  const body = Refused.safeParse(envelope.body);
  if (!body.success) return malformed('it names no listings');
  if (!(await isFromItsMarket(tx, body.data.storefront, envelope))) return foreign();
  for (const { id: listing, code } of body.data.refused) {
    await tables<DeskTables>(tx)
      .updateTable('desk_items')
      .set({ problem: code })
      .where('home_id', '=', tx.home)
      .where('storefront', '=', body.data.storefront)
      .where('listing', '=', listing)
      .execute();
  }
  return ok(null);
}

/** The market of the storefront that the message names, or of the one that was shown the cast. */
async function isSpeaker(tx: Tx, _deps: BaseDeps, envelope: Envelope, key: Uint8Array): Promise<boolean> {
  const { storefront, alias } = envelope.body;
  const named = typeof alias === 'string' ? await getSeen(tx, tx.home, alias) : undefined;
  return speaksFor(tx, named?.storefront ?? storefront, envelope, key);
}

/** The market of the storefront that the message names. */
export async function isMarketOfStorefront(
  tx: Tx,
  _deps: BaseDeps,
  envelope: Envelope,
  key: Uint8Array,
): Promise<boolean> {
  return speaksFor(tx, envelope.body.storefront, envelope, key);
}

/** Whether it is the market of that storefront, and writes to the path that this storefront has. */
async function speaksFor(tx: Tx, storefront: unknown, envelope: Envelope, key: Uint8Array): Promise<boolean> {
  const row = await getStorefrontRow(tx, tx.home, typeof storefront === 'string' ? storefront : '');
  if (row?.market !== envelope.from || !isKey(key, (await findMarket(tx, row.market))?.key)) return false;
  return isPathOf(tx, tx.home, row.identity, envelope.to);
}

export async function isFromItsMarket(tx: Tx, storefront: string, envelope: Envelope): Promise<boolean> {
  return (await getStorefrontRow(tx, tx.home, storefront))?.market === envelope.from;
}

export function foreign(): Result<never> {
  return fail(
    'sender-foreign',
    'It does not come from the market of that storefront.',
    'Nothing was changed.',
  );
}

export const castHandlers: readonly InboxHandler<BaseDeps>[] = [
  { type: 'cast-seen', isSpeaker, receive: seen },
  { type: 'cast-full', isSpeaker, receive: full },
  { type: 'listings-refused', isSpeaker, receive: refused },
];
