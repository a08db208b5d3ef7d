import { randomBytes } from 'node:crypto';

/** The only source of unpredictability; an argument everywhere, so that a run can be replayed. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** Octets drawn from the system at once: small amounts cost as much to draw as these. */
const DRAWN = 4_096;

function drawing(): Random {
  let drawn = new Uint8Array(0);
  return {
    bytes(count) {
      if (count > drawn.length) drawn = new Uint8Array(randomBytes(Math.max(count, DRAWN)));
      const taken = drawn.slice(0, count);
      // What was given out is not kept here for anybody to find.
      drawn.fill(0, 0, count);
      drawn = drawn.subarray(count);
      return taken;
    },
  };
}

export const systemRandom: Random = drawing();
