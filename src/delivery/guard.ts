import type { HomeId } from '../kernel/ids.ts';
import {
  checkStamp,
  peerRates,
  problemAnswer,
  STAMP_HEADER,
  strangerRates,
  TRAFFIC_LIMITS,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { Envelope } from './model.ts';

/** What others may cost this node; it is counted in memory and begins anew when the node starts. */
export interface Guard {
  /** Refuses a request of a side that has sent too much; `side` is undefined for what came through a relay. */
  checkSide(request: WireRequest, side: string | undefined): WireResponse | undefined;
  /** The same for the envelopes that a request turned out to hold. */
  checkEnvelopes(count: number, side: string | undefined): WireResponse | undefined;
  /** Whether a side may send so many octets more; it is counted as sent. */
  admits(side: string, octets: number): boolean;
  /** Refuses more strangers' mail than a party takes for nothing, until it bears a stamp. */
  checkStranger(request: WireRequest, home: HomeId, lane: readonly Envelope[]): WireResponse | undefined;
}

/** Everything that comes through relays shares one side. */
const BY_RELAY = 'relays';

export function guardOf(deps: BaseDeps): Guard {
  const [sides, strangers] = [peerRates(), strangerRates()];
  const take = (side: string, amounts: Parameters<typeof sides.take>[1]): WireResponse | undefined => {
    const wait = sides.take(side, amounts, deps.clock.now());
    return wait === 0 ? undefined : problemAnswer(429, 'too-much', { waitMs: Math.min(wait, LONGEST_MS) });
  };
  return {
    checkSide: ({ body }, side = BY_RELAY) => take(side, { requests: 1, octets: body.length }),
    checkEnvelopes: (count, side = BY_RELAY) => take(side, { envelopes: count }),
    admits: (side, octets) => sides.take(side, { requests: 1, octets }, deps.clock.now()) === 0,
    checkStranger(request, home, lane) {
      const now = deps.clock.now();
      if (strangers.take(home, { envelopes: lane.length }, now) === 0) return undefined;
      const [first] = lane;
      const stamp = request.headers[STAMP_HEADER];
      const bits = TRAFFIC_LIMITS.stampBits;
      if (!first || lane.length > 1 || stamp === undefined)
        return problemAnswer(402, 'stamp-needed', { bits });
      const wrong = checkStamp(stamp, { path: first.to, envelope: first.id }, bits, now);
      return wrong && problemAnswer(402, wrong.code, { bits });
    },
  };
}

const LONGEST_MS = 3_600_000;
