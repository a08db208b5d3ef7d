import { send } from '../delivery/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { marketLimits } from './parts.ts';
import { inChunks, type Self } from './store.ts';
import type { MarketTables } from './tables.ts';

/** A listing that is not in force any more, with what its vendor signed to say so. */
interface Ended {
  readonly listing: string;
  readonly proof: JsonObject;
}

/** Tells the open casts that were quoted these listings that their vendor took them back, with the vendor's own word. */
export async function tellEnded(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  storefront: string,
  ended: readonly Ended[],
): Promise<void> {
  const proofs = new Map(ended.map((it) => [it.listing, it.proof]));
  const told = new Map<string, { host: string; inbox: string; proofs: JsonObject[] }>();
  await inChunks([...proofs.keys()], async (chunk) => {
    const rows = await tables<MarketTables>(tx)
      .selectFrom('market_quotes as q')
      .innerJoin('market_casts as c', (join) =>
        join.onRef('c.home_id', '=', 'q.home_id').onRef('c.id', '=', 'q.cast_id'),
      )
      .select(['q.listing', 'c.id', 'c.host', 'c.inbox'])
      .where('q.home_id', '=', tx.home)
      .where('q.listing', 'in', chunk)
      .where('q.storefront', '=', storefront)
      .where('c.is_open', '=', true)
      .where('c.until_at', '>', deps.clock.now())
      .orderBy('c.cast_at', 'desc')
      .orderBy('c.id')
      .limit(marketLimits.castsToldOfEnd)
      .execute();
    for (const { listing, id, host, inbox } of rows) {
      const proof = proofs.get(listing);
      if (host === null || inbox === null || !proof) continue;
      const entry = told.get(id) ?? { host, inbox, proofs: [] };
      entry.proofs.push(proof);
      told.set(id, entry);
    }
  });
  for (const [castId, { host, inbox, proofs: list }] of told) {
    const to = { host, inbox };
    await send(tx, deps, { to, as: self.speaker, type: 'quotes-ended', body: { castId, ended: list } });
  }
}
