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
  /** For an inbox of this node whose party has moved away from it; undefined while it lives here. */
  readonly onward: (inbox: string) => Promise<CarryLane | undefined>;
}

/** Inside the node what is addressed to one of its names, into its boxes too; across the network everything else. */
export function carryBoth(own: ReadonlySet<string>, { inside, toBox, across, onward }: Ways): CarryLane {
  return async (lane, batch) => {
    if (!own.has(lane.to.host)) return across(lane, batch);
    if (isBox(lane.to.inbox)) return toBox(lane, batch);
    const moved = await onward(lane.to.inbox);
    return moved ? moved(lane, batch) : inside(lane.to, batch);
  };
}

/** Inside the node only. */
export function carryInside(inside: Carry): CarryLane {
  return (lane, batch) => inside(lane.to, batch);
}
