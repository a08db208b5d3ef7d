import { z } from 'zod';
import { isSoldAt } from '../desk/index.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, line } from '../kernel/schema.ts';
import { dropRemote, findMarket, type KnownMarket } from '../market/index.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { closeCast } from './cast.ts';
import { castsOf, isLive } from './cast-store.ts';
import type { IntentDeps } from './deps.ts';
import { buyerOf } from './levels.ts';
import { lapseOffers } from './offer-store.ts';
import { updateIntent } from './store.ts';
import type { IntentTables } from './tables.ts';

export const ForgetMarket = z.object({ id });
export const MarketForgotten = z.object({
  name: line,
  host: z.string(),
  wants: z.int().describe('Wants of anybody on this node that ended with it.'),
});

/**
 * Takes a market on another node off this node's list. What anybody here wants there ends, and says why; it is told that
 * they ask for nothing more. Agreements stay. Fails with `market-unknown`, `market-here`, `market-in-use`.
 */
export async function forgetMarket(
  deps: IntentDeps,
  _actor: Actor,
  input: z.output<typeof ForgetMarket>,
): Promise<Result<z.output<typeof MarketForgotten>>> {
  const { market, isUsed } = await deps.storage.read(async (view) => ({
    market: await findMarket(view, input.id),
    isUsed: await isSoldAt(view, input.id),
  }));
  if (!market)
    return fail('market-unknown', 'This node knows no such market.', 'Look at the list of markets.');
  if (deps.ownHosts.has(market.address.host)) {
    return fail('market-here', 'This market is on this very node; it stays.', 'Choose one on another node.');
  }
  if (isUsed) {
    return fail('market-in-use', 'Somebody on this node sells there.', 'Ask them to leave it first.');
  }
  let wants = await endWants(deps, market);
  await deps.storage.transact(NODE_HOME, (tx) => dropRemote(tx, market.id));
  // Whoever wanted something there in between.
  wants += await endWants(deps, market);
  return ok({ name: market.name, host: market.address.host, wants });
}

async function endWants(deps: IntentDeps, market: KnownMarket): Promise<number> {
  const homes = await deps.storage.read((view) => homesWanting(view, market.id));
  let ended = 0;
  for (const home of homes) {
    ended += await deps.storage.transact(home, (tx) => endAt(tx, deps, market));
  }
  return ended;
}

async function homesWanting(view: View, market: string): Promise<HomeId[]> {
  const rows = await tables<IntentTables>(view)
    .selectFrom('intents')
    .select('home_id')
    .distinct()
    .where('market', '=', market)
    .where('state', 'in', ['open', 'held'])
    .execute();
  return rows.map((row) => row.home_id);
}

async function endAt(tx: Tx, deps: IntentDeps, market: KnownMarket): Promise<number> {
  const rows = await tables<IntentTables>(tx)
    .selectFrom('intents')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('market', '=', market.id)
    .where('state', 'in', ['open', 'held'])
    .execute();
  const maySpeak = (await buyerOf(tx, tx.home)).ok;
  for (const { id: intent } of rows) {
    const casts = maySpeak ? await castsOf(tx, tx.home, intent) : [];
    const newest = casts.find((cast) => isLive(cast, deps.clock.now()));
    if (newest) await closeCast(tx, deps, market, newest);
    await lapseOffers(tx, intent);
    const change = { state: 'closed', open_key: null, look_at: null } as const;
    await updateIntent(tx, intent, { ...change, end_reason: 'market-forgotten' });
  }
  if (rows.length > 0) tx.wake(`changed:${tx.home}`);
  return rows.length;
}
