import { LIMITS } from '../kernel/limits.ts';

/**
 * How long to wait before the next try: doubling from the first wait to the longest, with up to half of it taken off
 * by chance so that many senders do not come back together. `jitter` is 0 to 255.
 */
export function waitBeforeTry(attempts: number, jitter: number): number {
  const doubled = LIMITS.deliveryFirstWaitMs * 2 ** Math.min(attempts - 1, 20);
  const wait = Math.min(doubled, LIMITS.deliveryLongestWaitMs);
  return wait - Math.floor((wait * jitter) / 512);
}

export function isGivenUp(attempts: number): boolean {
  return attempts >= LIMITS.deliveryAttempts;
}
