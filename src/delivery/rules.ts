import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail } from '../kernel/result.ts';

/**
 * How long to wait before the next try: doubling from the first wait to the longest, with up to half of it taken off
 * by chance so that many senders do not come back together. `jitter` is 0 to 255.
 */
export function waitBeforeTry(attempts: number, jitter: number): number {
  const doubled = LIMITS.deliveryFirstWaitMs * 2 ** Math.min(attempts - 1, 20);
  const wait = Math.min(doubled, LIMITS.deliveryLongestWaitMs);
  return wait - Math.floor((wait * jitter) / 512);
}

/** Why an envelope has not been tried at all, and for how long it need not be: that counts as no try. */
export function later(code: string, waitMs: number): Failure {
  return fail(code, 'It was not tried just now.', 'It is tried by itself a little later.', {
    [WAIT]: `${Math.ceil(waitMs)}`,
  });
}

/** Milliseconds to wait before what was not tried may be; undefined for a try that failed. */
export function waitOf(failure: Failure): number | undefined {
  const ms = Number(failure.fields?.[WAIT]);
  return Number.isSafeInteger(ms) ? ms : undefined;
}

const WAIT = 'waitMs';

export function isGivenUp(attempts: number): boolean {
  return attempts >= LIMITS.deliveryAttempts;
}
