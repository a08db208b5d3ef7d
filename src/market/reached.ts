import { z } from 'zod';
import type { MarketDeps } from './deps.ts';
import type { KnownMarket } from './directory.ts';

/** How this node reaches a market: it is here; by somebody else's relay; or directly, so that it learns our address. */
const Reached = z.enum(['here', 'relay', 'direct']);

/** Where a market is: two of one name are told apart by this. */
export const Whereabouts = z.object({ host: z.string(), isHere: z.boolean(), reached: Reached });

export function whereabouts(
  deps: Pick<MarketDeps, 'ownHosts' | 'relay'>,
  market: Pick<KnownMarket, 'address'>,
): z.output<typeof Whereabouts> {
  const { host } = market.address;
  const isHere = deps.ownHosts.has(host);
  return { host, isHere, reached: isHere ? 'here' : deps.relay === undefined ? 'direct' : 'relay' };
}
