import type { Result } from '../kernel/result.ts';
import type { Destination, Lane } from './model.ts';

/**
 * How envelopes of a lane travel: answers each one's receipt in order, or, as the last one, why it did not work this
 * time. What is answered nothing for has not arrived as far as anybody knows.
 */
export type CarryLane = (lane: Lane, batch: readonly Uint8Array[]) => Promise<readonly Result<Uint8Array>[]>;

/** The same where nothing needs to be signed. */
export type Carry = (to: Destination, batch: readonly Uint8Array[]) => Promise<readonly Result<Uint8Array>[]>;

/** Inside the node what is addressed to one of its names, across the network everything else. */
export function carryBoth(own: ReadonlySet<string>, inside: Carry, across: CarryLane): CarryLane {
  return (lane, batch) => (own.has(lane.to.host) ? inside(lane.to, batch) : across(lane, batch));
}

/** Inside the node only. */
export function carryInside(inside: Carry): CarryLane {
  return (lane, batch) => inside(lane.to, batch);
}
