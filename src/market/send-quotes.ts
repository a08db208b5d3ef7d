import { send } from '../delivery/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { type Address, marketLimits } from './parts.ts';
import { NO_STANDING, standingsOf } from './standing.ts';
import { inChunks, type Self, wireJson, wireOf } from './store.ts';
import type { MarketTables } from './tables.ts';

/** A listing to be quoted, as the index has it. */
export interface Quoted {
  readonly listing: string;
  readonly storefront: string;
  /** The vendor's signed word that a piece is set aside, as its wire form. */
  readonly hold?: JsonObject;
}

/** A cast that can be answered. */
interface Reachable {
  readonly id: string;
  readonly reply: Address;
  /** How many it has been quoted already. */
  readonly quoted: number;
}

/**
 * Sends listings with their vendors' standing to whoever cast, in as many envelopes as they need, and notes it. `asked`
 * says how many vendors were asked to answer by hand; then one envelope goes even when nothing answers by itself.
 */
export async function sendQuotes(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  cast: Reachable,
  quoted: readonly Quoted[],
  more: boolean,
  asked?: number,
): Promise<void> {
  const entries = await quoteEntries(tx, quoted);
  const chunks = entries.length === 0 && asked !== undefined ? [[]] : chunksOf(entries);
  for (const [i, chunk] of chunks.entries()) {
    await send(tx, deps, {
      to: cast.reply,
      as: self.speaker,
      type: 'quotes',
      body: {
        castId: cast.id,
        quotes: chunk,
        more: more || i < chunks.length - 1,
        ...(asked !== undefined && { asked }),
      },
    });
  }
  const db = tables<MarketTables>(tx);
  const sum = cast.quoted + quoted.length;
  const rows = quoted.map(({ listing, storefront }) => ({
    home_id: tx.home,
    cast_id: cast.id,
    listing,
    storefront,
  }));
  await inChunks(rows, (chunk) => db.insertInto('market_quotes').values(chunk).execute());
  await db
    .updateTable('market_casts')
    .set({ quoted: sum, is_waiting: sum < self.rules.capQuotes })
    .where('home_id', '=', tx.home)
    .where('id', '=', cast.id)
    .execute();
}

async function quoteEntries(tx: Tx, quoted: readonly Quoted[]): Promise<JsonObject[]> {
  if (quoted.length === 0) return [];
  const rows = await tables<MarketTables>(tx)
    .selectFrom('market_listings')
    .select(['id', 'storefront', 'payload', 'signatures'])
    .where('home_id', '=', tx.home)
    .where(
      'id',
      'in',
      quoted.map((it) => it.listing),
    )
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const standings = await standingsOf(
    tx,
    tx.home,
    quoted.map((it) => it.storefront),
  );
  return quoted.flatMap(({ listing, hold }) => {
    const row = byId.get(listing);
    if (!row) return [];
    const standing = standings.get(row.storefront) ?? NO_STANDING;
    return [{ listing: wireJson(wireOf(row)), standing, ...(hold && { hold }) }];
  });
}

/** Splits entries so that none of the parts outgrows an envelope. */
function chunksOf<T extends JsonObject>(entries: readonly T[]): T[][] {
  const chunks: T[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const chars = JSON.stringify(entry).length;
    if (size + chars > marketLimits.chunkChars) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(entry);
    size += chars;
  }
  return chunks;
}
