import type { WireRequest } from '../../src/network/index.ts';
import { refusedBy } from './forging.ts';
import type { Attack } from './model.ts';
import type { World } from './world.ts';

/** An attack by one request that must be answered like this and change nothing, but for tables where refusals are kept. */
export function refused(
  name: string,
  does: string,
  request: (world: World) => WireRequest | Promise<WireRequest>,
  expected: RegExp,
  may: readonly string[] = [],
): Attack {
  return {
    name,
    does,
    attempt: async (world) => refusedBy(world, await request(world), expected, may),
  };
}

/** Refusals that belong to a real sender are kept, so that the same envelope gets the same answer. */
export const KEPT = ['inbox'];
