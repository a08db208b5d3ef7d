import { type Settlers, send } from '../delivery/index.ts';
import { newId } from '../kernel/ids.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { marketLimits } from './parts.ts';
import { reachStorefront } from './receive-storefront.ts';
import { type Quoted, sendQuotes } from './send-quotes.ts';
import { getCast, getSelf, getStorefront, type Self } from './store.ts';
import type { CastRow, HoldRow, MarketTables } from './tables.ts';

/**
 * Quotes listings to a cast: those that are first come at once, `firm` ones when their vendor has set a piece aside. The
 * vendor knows the cast by an alias made for this one question. Answers whether some were left out.
 */
export async function quoteOrAsk(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  cast: Pick<CastRow, 'id' | 'until_at' | 'host' | 'inbox' | 'quoted'>,
  quoted: readonly Quoted[],
  more: boolean,
  asked?: number,
): Promise<void> {
  if (cast.host === null || cast.inbox === null) return;
  const firm = await firmAmong(tx, quoted);
  const atOnce = quoted.filter((it) => !firm.has(it.listing));
  const toAsk = quoted.filter((it) => firm.has(it.listing));
  const reply = { host: cast.host, inbox: cast.inbox };
  const isMore = more || toAsk.length > marketLimits.holdsPerCast;
  if (atOnce.length > 0 || asked !== undefined)
    await sendQuotes(tx, deps, self, { id: cast.id, reply, quoted: cast.quoted }, atOnce, isMore, asked);
  for (const it of toAsk.slice(0, marketLimits.holdsPerCast)) await askHold(tx, deps, self, cast, it);
}

/** Which of these listings promise that a piece is set aside. */
async function firmAmong(tx: Tx, quoted: readonly Quoted[]): Promise<ReadonlySet<string>> {
  if (quoted.length === 0) return new Set();
  const rows = await tables<MarketTables>(tx)
    .selectFrom('market_listings')
    .select(['id', 'payload'])
    .where('home_id', '=', tx.home)
    .where(
      'id',
      'in',
      quoted.map((it) => it.listing),
    )
    .execute();
  return new Set(rows.filter((row) => isFirm(row.payload)).map((row) => row.id));
}

function isFirm(payload: Uint8Array): boolean {
  const { mode } = JSON.parse(Buffer.from(payload).toString('utf8')) as { mode?: unknown }; // a listing was read from it
  return mode === 'firm';
}

async function askHold(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  cast: Pick<CastRow, 'id' | 'until_at'>,
  { listing, storefront }: Quoted,
): Promise<void> {
  const vendor = await getStorefront(tx, tx.home, storefront);
  const alias = newId(deps.random);
  const fresh = await tables<MarketTables>(tx)
    .insertInto('market_holds')
    .values({ home_id: tx.home, alias, cast_id: cast.id, listing, storefront, state: 'asked' })
    .onConflict((c) => c.columns(['home_id', 'cast_id', 'listing']).doNothing())
    .returning('alias')
    .executeTakeFirst();
  if (!vendor || !fresh) return;
  await send(tx, deps, {
    to: reachStorefront(vendor),
    as: self.speaker,
    type: 'hold-wanted',
    body: { storefront, listing, alias, until: cast.until_at },
    about: alias,
  });
}

export async function getHold(tx: Tx, alias: string): Promise<HoldRow | undefined> {
  return tables<MarketTables>(tx)
    .selectFrom('market_holds')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('alias', '=', alias)
    .executeTakeFirst();
}

export async function setHold(tx: Tx, alias: string, state: HoldRow['state']): Promise<void> {
  await tables<MarketTables>(tx)
    .updateTable('market_holds')
    .set({ state })
    .where('home_id', '=', tx.home)
    .where('alias', '=', alias)
    .execute();
}

/** None was set aside: the cast may be asked for again when there are pieces again. */
export async function dropHold(tx: Tx, alias: string): Promise<void> {
  await tables<MarketTables>(tx)
    .deleteFrom('market_holds')
    .where('home_id', '=', tx.home)
    .where('alias', '=', alias)
    .execute();
}

/** Tells vendors that what they were asked to set aside for a cast, for one listing or all, is not needed any more. */
export async function endHolds(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  castId: string,
  listing?: string,
): Promise<void> {
  let query = tables<MarketTables>(tx)
    .updateTable('market_holds')
    .set({ state: 'over' })
    .where('home_id', '=', tx.home)
    .where('cast_id', '=', castId)
    .where('state', '!=', 'over');
  if (listing !== undefined) query = query.where('listing', '=', listing);
  for (const { alias, storefront } of await query.returning(['alias', 'storefront']).execute()) {
    const vendor = await getStorefront(tx, tx.home, storefront);
    if (!vendor) continue;
    const to = reachStorefront(vendor);
    await send(tx, deps, { to, as: self.speaker, type: 'hold-ended', body: { storefront, alias } });
  }
}

/**
 * A vendor's node that knows nothing of holds is quoted without one, which the wanter reads as first come; of one that
 * refused or was never reached nothing is quoted.
 */
export const settlers: Settlers<MarketDeps> = new Map([
  [
    'hold-wanted',
    async (tx, deps, alias, code) => {
      const [self, hold] = [await getSelf(tx, tx.home), await getHold(tx, alias)];
      if (!self || hold?.state !== 'asked') return;
      const cast = await getCast(tx, tx.home, hold.cast_id);
      if (code !== 'message-unknown' || !cast?.is_open || cast.host === null || cast.inbox === null) {
        await dropHold(tx, alias);
        return;
      }
      await setHold(tx, alias, 'over');
      const reachable = {
        id: cast.id,
        reply: { host: cast.host, inbox: cast.inbox },
        quoted: cast.quoted,
      };
      await sendQuotes(tx, deps, self, reachable, [hold], false);
    },
  ],
]);
