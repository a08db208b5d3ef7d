import type { Instant } from '../kernel/clock.ts';
import { TRAFFIC_LIMITS } from './limits.ts';

/** A bucket: so many at once, and so many more in a span of time. */
interface Rate {
  readonly atOnce: number;
  readonly perSpan: number;
  readonly spanMs: number;
}

/** Token buckets of several kinds per key; the clock is an argument. */
interface RateLimit<Kind extends string> {
  /**
   * Takes these amounts together, or none of them: 0 when taken, otherwise the milliseconds until they could be, which
   * is Infinity for more than ever fits at once.
   */
  take(key: string, amounts: Readonly<Partial<Record<Kind, number>>>, now: Instant): number;
  /** Keys that are remembered. */
  size(): number;
}

/**
 * A bucket is kept as the instant at which it is full again: a key that is not remembered has full buckets, so that
 * forgetting the fullest loses the least. Whoever comes with ever new keys only makes room among those.
 */
export function rateLimit<Kind extends string>(
  rates: Readonly<Record<Kind, Rate>>,
  keys: number = TRAFFIC_LIMITS.ratesRemembered,
): RateLimit<Kind> {
  const kinds = Object.keys(rates) as Kind[]; // the keys of exactly this record
  const buckets = new Map<string, Readonly<Record<string, Instant>>>();
  return {
    take(key, amounts, now) {
      const held = buckets.get(key);
      let wait = 0;
      const next: Record<string, Instant> = {};
      for (const kind of kinds) {
        const { atOnce, perSpan, spanMs } = rates[kind];
        const amount = amounts[kind] ?? 0;
        const fullAt = Math.max(held?.[kind] ?? now, now) + (amount * spanMs) / perSpan;
        const over = fullAt - now - (atOnce * spanMs) / perSpan;
        if (amount > atOnce) wait = Number.POSITIVE_INFINITY;
        else if (amount > 0 && over > SLACK_MS) wait = Math.max(wait, Math.ceil(over));
        next[kind] = fullAt;
      }
      if (wait > 0) return wait;
      if (!held && buckets.size >= keys) forgetFullest(buckets, now);
      buckets.set(key, next);
      return 0;
    },
    size: () => buckets.size,
  };
}

/** Rounding of times that are no whole milliseconds. */
const SLACK_MS = 1e-3;

/** Forgets the full ones, and of the others at least a sixteenth, so that the sorting is paid by many newcomers. */
function forgetFullest(buckets: Map<string, Readonly<Record<string, Instant>>>, now: Instant): void {
  const fullAt = [...buckets].map(([key, its]) => [key, Math.max(...Object.values(its))] as const);
  fullAt.sort(([, a], [, b]) => a - b);
  const least = Math.ceil(fullAt.length / 16);
  for (const [i, [key, at]] of fullAt.entries()) {
    if (i >= least && at > now) break;
    buckets.delete(key);
  }
}

/** What one remote address may send. The key is `sideOf` the address. */
export function peerRates(): RateLimit<'requests' | 'envelopes' | 'octets'> {
  const spanMs = 60_000;
  return rateLimit({
    requests: {
      atOnce: TRAFFIC_LIMITS.peerRequestsAtOnce,
      perSpan: TRAFFIC_LIMITS.peerRequestsPerMinute,
      spanMs,
    },
    envelopes: {
      atOnce: TRAFFIC_LIMITS.peerEnvelopesAtOnce,
      perSpan: TRAFFIC_LIMITS.peerEnvelopesPerMinute,
      spanMs,
    },
    octets: { atOnce: TRAFFIC_LIMITS.peerOctetsAtOnce, perSpan: TRAFFIC_LIMITS.peerOctetsPerMinute, spanMs },
  });
}

/** What strangers together may send to one party without a stamp. The key is the party's home. */
export function strangerRates(): RateLimit<'envelopes'> {
  const { strangersAtOnce, strangersPerHour } = TRAFFIC_LIMITS;
  return rateLimit({ envelopes: { atOnce: strangersAtOnce, perSpan: strangersPerHour, spanMs: 3_600_000 } });
}
