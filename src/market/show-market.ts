import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { instant, line } from '../kernel/schema.ts';
import { homeOfInboxPath } from '../parties/index.ts';
import { tables, type View } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { findMarket, type KnownMarket } from './directory.ts';
import { nextEpochAt } from './epochs.ts';
import { Rules, Table } from './model.ts';
import { base64url, publicKey } from './parts.ts';
import { Whereabouts, whereabouts } from './reached.ts';
import { newestParts } from './receive-cells-wanted.ts';
import { documentOf } from './store.ts';
import type { MarketTables } from './tables.ts';

export const ShowMarket = z.object({
  id: base64url.optional().describe('The first market that this node knows when left out.'),
});

export const Market = z.object({
  id: base64url,
  name: line,
  isSample: z.boolean(),
  ...Whereabouts.shape,
  key: publicKey,
  rules: Rules,
  nextTableAt: instant,
  /** Absent for a market on another node. */
  counts: z.object({ listings: z.int(), vendors: z.int(), cells: z.int() }).optional(),
});
export type Market = z.infer<typeof Market>;

/** A market's rules and how much is there. Fails with `market-unknown`. */
export async function showMarket(
  deps: MarketDeps,
  _actor: Actor,
  input: z.output<typeof ShowMarket>,
): Promise<Result<Market>> {
  return deps.storage.read(async (view) => {
    const market = await findMarket(view, input.id);
    return market ? ok(await marketView(view, deps, market)) : marketUnknown();
  });
}

export function marketUnknown(): Failure {
  return fail('market-unknown', 'This node knows no such market.', 'Look at the list of markets.');
}

export async function marketView(view: View, deps: MarketDeps, market: KnownMarket): Promise<Market> {
  const home = homeOnThisNode(deps, market);
  const { id, name, isSample, key, rules } = market;
  const counts = home === undefined ? undefined : await countsOf(view, home);
  const nextTableAt = nextEpochAt(deps.clock.now(), rules);
  return {
    ...{ id, name, isSample, key, rules, nextTableAt },
    ...whereabouts(deps, market),
    ...(counts && { counts }),
  };
}

/** The home of a market that lives here: what it publishes may be read from its rows, as from any public page. */
export function homeOnThisNode(deps: MarketDeps, market: KnownMarket): string | undefined {
  return market.address.host === deps.host ? homeOfInboxPath(deps.nodeKey, market.address.inbox) : undefined;
}

async function countsOf(view: View, home: string): Promise<Market['counts']> {
  const vendors = await tables<MarketTables>(view)
    .selectFrom('market_storefronts')
    .select((e) => [
      e.fn.countAll<number>().as('vendors'),
      e.fn.sum<number | null>('listings').as('listings'),
    ])
    .where('home_id', '=', home)
    .executeTakeFirstOrThrow();
  const cells = (await newestTables(view, home)).reduce((sum, table) => sum + table.rows.length, 0);
  return { listings: Number(vendors.listings ?? 0), vendors: vendors.vendors, cells };
}

/** The parts of the newest table as this market signed them. */
export async function newestTables(view: View, home: string): Promise<Table[]> {
  const parts = await newestParts(view, home);
  return parts.map((part) => Table.parse(JSON.parse(Buffer.from(documentOf(part).payload).toString('utf8'))));
}
