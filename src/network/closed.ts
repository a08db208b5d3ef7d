import { fail } from '../kernel/result.ts';
import type { WayOut } from './deps.ts';

/** No way out: what is for other nodes waits until the node itself runs. */
export const closedWayOut: WayOut = {
  exchange: async () =>
    fail('node-unreachable', 'This node does not reach out now.', 'It stays here and waits.'),
  plainHosts: [],
};
