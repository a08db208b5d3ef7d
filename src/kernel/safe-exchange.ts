import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { type Network, readNetwork } from './addresses.ts';
import type { Clock } from './clock.ts';
import type { Exchange } from './exchange.ts';
import { LIMITS } from './limits.ts';
import { exchangeOnce, type Way } from './outward-exchange.ts';
import { checkedLookup } from './outward-lookup.ts';
import { refuseRequest } from './outward-request.ts';
import { readTarget, type TargetRules } from './outward-target.ts';
import { askNameServers, askSystem, type Resolve } from './resolve-host.ts';
import { assert, fail } from './result.ts';
import { slots } from './slots.ts';

interface SafeExchangeOptions {
  readonly clock: Clock;
  /** `host:port` of those that may be reached without TLS and on any port. Says nothing about their addresses. */
  readonly plainHosts?: readonly string[];
  /** Networks that are not public and may be entered all the same, such as 192.168.1.0/24. */
  readonly allowedNetworks?: readonly string[];
  /** Certificates (PEM) that are trusted instead of the system's. */
  readonly trusted?: readonly string[];
  readonly resolve?: Resolve;
  /** The longest silence of the other side. */
  readonly idleMs?: number;
  readonly sockets?: { readonly total: number; readonly perHost: number };
}

interface SafeExchange extends Exchange {
  /** Ends the connections that rest; those under way end with their answers. */
  close(): void;
}

/**
 * The one way out to the network (decision 6; RFC 9110). TLS unless a host was named, no private address, checked as it
 * is dialled, no redirects, no cookies, no compression, and a limit on everything. Fails with the codes of
 * `readTarget`, `refuseRequest` and `exchangeOnce`, and with `line-busy`.
 */
export function safeExchange(options: SafeExchangeOptions): SafeExchange {
  const { clock } = options;
  const rules: TargetRules = {
    plainHosts: new Set(options.plainHosts),
    allowed: (options.allowedNetworks ?? []).map(networkOf),
  };
  const sizes = options.sockets ?? { total: LIMITS.outwardSockets, perHost: LIMITS.outwardSocketsPerHost };
  const line = slots(clock, {
    total: sizes.total,
    perKey: sizes.perHost,
    waiting: LIMITS.outwardWaiting,
    waitingPerKey: LIMITS.outwardWaitingPerHost,
  });
  const resolve = options.resolve ?? askNameServers();
  const keep = {
    keepAlive: true,
    maxSockets: sizes.perHost,
    maxFreeSockets: sizes.perHost,
    timeout: LIMITS.outwardRestMs,
    scheduling: 'lifo',
  } as const;
  const agents = [new PlainAgent(keep), new TlsAgent(keep)] as const;
  const exchange: Exchange = async (request, limits = {}) => {
    const target = readTarget(request.url, rules);
    if (!target.ok) return target;
    const refused = refuseRequest(request);
    if (refused) return refused;
    const timeoutMs = limits.timeoutMs ?? LIMITS.outwardMs;
    const until = clock.now() + timeoutMs;
    const { host, port, isPlain, authority } = target.value;
    // Half of the time at most is spent waiting here, so that no host is called late for what was our own queue.
    const release = await line.take(`${host}:${port}`, timeoutMs / 2);
    if (!release) {
      return fail(
        'line-busy',
        'Too much is under way to other nodes just now.',
        'It can be tried again later.',
      );
    }
    try {
      const [plain, tls] = agents;
      dropOneResting(agents, sizes.total);
      const way: Way = {
        clock,
        until,
        idleMs: options.idleMs ?? LIMITS.outwardIdleMs,
        maxBytes: limits.maxBytes ?? LIMITS.outwardBytes,
        agent: isPlain ? plain : tls,
        trusted: options.trusted,
        lookup: checkedLookup(
          options.resolve === undefined && rules.plainHosts.has(authority) ? askSystem : resolve,
          rules.allowed,
        ),
      };
      return await exchangeOnce(way, target.value, request);
    } finally {
      release();
    }
  };
  return Object.assign(exchange, {
    close() {
      for (const agent of agents) agent.destroy();
    },
  });
}

/** Connections at rest give way to new ones, so that many quiet hosts do not hold up another. */
function dropOneResting(agents: readonly PlainAgent[], total: number): void {
  const resting = agents.flatMap((agent) => living(agent.freeSockets));
  const busy = agents.flatMap((agent) => living(agent.sockets));
  if (resting.length + busy.length >= total) resting[0]?.destroy();
}

function living(sockets: PlainAgent['sockets']): Socket[] {
  return Object.values(sockets).flatMap((list) => (list ?? []).filter((socket) => !socket.destroyed));
}

function networkOf(text: string): Network {
  const network = readNetwork(text);
  assert(network, 'allowed networks are checked where the configuration is read');
  return network;
}
