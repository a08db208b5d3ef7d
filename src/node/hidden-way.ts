import { fromBase64url } from '../kernel/bytes.ts';
import { fail, isFailure } from '../kernel/result.ts';
import { marketsOf } from '../market/index.ts';
import { type Exchange, originOf, type WayOut } from '../network/index.ts';
import { keysThroughRelay, type SenderDeps, throughRelay } from '../relay/index.ts';
import type { BaseDeps } from '../storage/index.ts';

/** A way to one gateway, and until when its keys are good. */
interface Way {
  readonly exchange: Exchange;
  readonly until: number;
}

/**
 * The way out through somebody else's relay. A gateway is known by its node's public key, which the rules of a market on
 * that node name; whoever hosts no market that is known here cannot be reached like this.
 */
export function hiddenWay(deps: BaseDeps, out: WayOut, relay: string): Exchange {
  const ways = new Map<string, Way>();
  const sender: SenderDeps = {
    exchange: out.exchange,
    clock: deps.clock,
    random: deps.random,
    originOf: (host) => originOf(host, out.plainHosts),
  };
  return async (request, limits) => {
    const { host } = new URL(request.url);
    const known = ways.get(host);
    if (known && deps.clock.now() < known.until) return known.exchange(request, limits);
    const publicKey = await keyOfNode(deps, host);
    if (!publicKey) {
      return fail(
        'relay-target-unknown',
        'Nothing here says which key that node has, so nothing was sent through the relay.',
        'Add its market first.',
      );
    }
    const gateway = await keysThroughRelay(sender, { host: relay }, { host, publicKey });
    if (isFailure(gateway)) return gateway;
    const exchange = throughRelay(sender, { host: relay }, gateway.value);
    ways.set(host, { exchange, until: gateway.value.until });
    return exchange(request, limits);
  };
}

async function keyOfNode(deps: BaseDeps, host: string): Promise<Uint8Array | undefined> {
  const markets = await deps.storage.read((view) => marketsOf(view));
  const there = markets.find((market) => market.address.host === host);
  return there && fromBase64url(there.rules.attester);
}
