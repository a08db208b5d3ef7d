import type { Result } from '../kernel/result.ts';
import { isBox } from './drop-box.ts';
import type { Destination, Lane } from './model.ts';

/**
 * How envelopes of a lane travel: answers each one's receipt in order, or, as the last one, why it did not work this
 * time. What is answered nothing for has not arrived as far as anybody knows.
 */
export type CarryLane = (lane: Lane, batch: readonly Uint8Array[]) => Promise<readonly Result<Uint8Array>[]>;

/** The same where nothing needs to be signed. */
export type Carry = (to: Destination, batch: readonly Uint8Array[]) => Promise<readonly Result<Uint8Array>[]>;

interface Ways {
  readonly inside: Carry;
  readonly toBox: CarryLane;
  readonly across: CarryLane;
}

/** Inside the node what is addressed to one of its names, into its boxes too; across the network everything else. */
export function carryBoth(own: ReadonlySet<string>, { inside, toBox, across }: Ways): CarryLane {
  return (lane, batch) => {
    if (!own.has(lane.to.host)) return across(lane, batch);
    return isBox(lane.to.inbox) ? toBox(lane, batch) : inside(lane.to, batch);
  };
}

/** Inside the node only. */
export function carryInside(inside: Carry): CarryLane {
  return (lane, batch) => inside(lane.to, batch);
}
