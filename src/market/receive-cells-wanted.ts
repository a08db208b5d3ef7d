import { type Envelope, type InboxHandler, ownName, send } from '../delivery/index.ts';
import type { HomeId } from '../kernel/ids.ts';
import { ok, type Result } from '../kernel/result.ts';
import { malformed } from '../records/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { forgetEnded } from './forget-ended.ts';
import { Address } from './parts.ts';
import { isTableDue, publishTable } from './publish-table.ts';
import { notAMarket } from './receive-storefront.ts';
import { getSelf, wireJson, wireOf } from './store.ts';
import type { MarketTables } from './tables.ts';

/** Somebody wants the newest table: it goes to the path they gave, part by part. They are not remembered. */
async function receive(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const reply = Address.safeParse(envelope.body.reply);
  if (!reply.success) return malformed('it has no path to answer to');
  if (await isTableDue(tx, deps, self)) {
    await forgetEnded(tx, deps, self);
    await publishTable(tx, deps, self);
  }
  for (const part of await newestParts(tx, tx.home)) {
    await send(tx, deps, {
      to: reply.data,
      as: self.speaker,
      type: 'cells',
      body: { table: wireJson(wireOf(part)) },
    });
  }
  return ok(null);
}

/** The parts of the newest table, in order. */
export async function newestParts(view: View, home: HomeId): Promise<MarketTables['market_tables'][]> {
  const db = tables<MarketTables>(view);
  const newest = await db
    .selectFrom('market_tables')
    .select('number')
    .where('home_id', '=', home)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!newest) return [];
  return db
    .selectFrom('market_tables')
    .selectAll()
    .where('home_id', '=', home)
    .where('number', '=', newest.number)
    .orderBy('part')
    .execute();
}

export const cellsWanted: InboxHandler<MarketDeps> = { type: 'cells-wanted', isSpeaker: ownName, receive };
