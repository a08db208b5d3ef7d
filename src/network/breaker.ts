import type { Clock, Instant } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { TRAFFIC_LIMITS } from './limits.ts';

/** What is remembered of a host that failed; of one that works nothing is. */
export interface HostState {
  /** Failures in a row. */
  readonly failures: number;
  /** The host rests until then; 0 while it is still tried. */
  readonly restsUntil: Instant;
  /** A try after the rest is under way until then. */
  readonly probedUntil: Instant;
}

/** When the host may be tried: now or earlier means at once. */
function mayTryAt(state: HostState | undefined, now: Instant): Instant {
  if (!state || state.restsUntil === 0) return now;
  return Math.max(state.restsUntil, state.probedUntil);
}

/** After the rest, whoever asks first tries, and the others wait for what comes of it. */
function whenTried(state: HostState | undefined, now: Instant): HostState | undefined {
  if (!state || state.restsUntil === 0) return state;
  return { ...state, probedUntil: now + TRAFFIC_LIMITS.breakerProbeMs };
}

/**
 * From so many failures in a row, the host rests: doubling from the first rest to the longest, less up to a quarter by
 * chance (`jitter`, 0 to 255), so that many nodes do not come back together.
 */
export function whenFailed(state: HostState | undefined, now: Instant, jitter: number): HostState {
  const isResting = state !== undefined && state.restsUntil > now;
  // Tries that were under way when the rest began say nothing new.
  if (isResting) return state;
  const failures = (state?.failures ?? 0) + 1;
  const over = failures - TRAFFIC_LIMITS.breakerFailures;
  if (over < 0) return { failures, restsUntil: 0, probedUntil: 0 };
  const doubled = TRAFFIC_LIMITS.breakerFirstRestMs * 2 ** Math.min(over, 20);
  const rest = Math.min(doubled, TRAFFIC_LIMITS.breakerLongestRestMs);
  return { failures, restsUntil: now + rest - Math.floor((rest * jitter) / 1_024), probedUntil: 0 };
}

/** A breaker per host: a host that fails again and again rests, and is then asked once before all come back. */
interface Breaker {
  /** 0 when the host may be tried, which counts as trying it; otherwise the milliseconds to wait. */
  enter(host: string): number;
  /** Any answer at all is a success: it is about the host, not about what it said. */
  succeeded(host: string): void;
  failed(host: string): void;
  /** Hosts that are remembered. */
  size(): number;
}

export function breaker(deps: { readonly clock: Clock; readonly random: Random }): Breaker {
  // In the order of their last failure, so that the one forgotten is the one that failed longest ago.
  const hosts = new Map<string, HostState>();
  return {
    enter(host) {
      const now = deps.clock.now();
      const state = hosts.get(host);
      const wait = mayTryAt(state, now) - now;
      if (wait > 0) return wait;
      const tried = whenTried(state, now);
      if (tried) hosts.set(host, tried);
      return 0;
    },
    succeeded(host) {
      hosts.delete(host);
    },
    failed(host) {
      const jitter = deps.random.bytes(1)[0] ?? 0;
      const state = whenFailed(hosts.get(host), deps.clock.now(), jitter);
      hosts.delete(host);
      hosts.set(host, state);
      if (hosts.size <= TRAFFIC_LIMITS.breakerHosts) return;
      for (const oldest of hosts.keys()) {
        hosts.delete(oldest);
        break;
      }
    },
    size: () => hosts.size,
  };
}
