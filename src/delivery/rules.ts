import type { Instant } from '../kernel/clock.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail } from '../kernel/result.ts';
import type { OutboxState, Receipt } from './model.ts';

/**
 * How long to wait before the next try: doubling from the first wait to the longest, with up to half of it taken off
 * by chance so that many senders do not come back together. `jitter` is 0 to 255.
 */
function waitBeforeTry(attempts: number, jitter: number): number {
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

function isGivenUp(attempts: number): boolean {
  return attempts >= LIMITS.deliveryAttempts;
}

/** What came back for an envelope: its receipt; why there is none; or that it was not tried, and for how long. */
export type Answered =
  | { readonly receipt: Pick<Receipt, 'result' | 'code'> }
  | { readonly problem: string; readonly waitMs?: number | undefined };

interface AfterTry {
  readonly attempts: number;
  readonly state: OutboxState;
  /** When it is tried again; undefined once it has arrived. */
  readonly nextAt?: Instant;
  readonly problem: string | null;
}

/** What one more try makes of an envelope that has been tried so often before. */
export function afterTry(triesBefore: number, answer: Answered, now: Instant, jitter: number): AfterTry {
  if ('receipt' in answer) {
    const { result, code } = answer.receipt;
    return { attempts: triesBefore + 1, state: result, problem: code ?? null };
  }
  const { problem, waitMs } = answer;
  if (waitMs !== undefined) return { attempts: triesBefore, state: 'saved', nextAt: now + waitMs, problem };
  const attempts = triesBefore + 1;
  const state = isGivenUp(attempts) ? 'dead' : 'saved';
  return { attempts, state, nextAt: now + waitBeforeTry(attempts, jitter), problem };
}

/** A handler's code for what it cannot take yet: an earlier record is missing. */
export const NOT_YET = 'record-out-of-order';
/** The key that signed is not the one this sender speaks with. */
export const FOREIGN = 'sender-foreign';
/** Of a newer Parley, or of none: nobody can say whose key it would have to be, so nothing is kept. */
export const UNKNOWN = 'message-unknown';
/** Its receipt would have to be kept longer than any sender needs. */
export const TOO_LONG = 'message-lasts-too-long';
/** This copy is not in use: whoever is in use gets it, and here nothing may be kept that would not be there. */
export const PAUSED = 'party-paused';

/**
 * What an envelope that was not acted on is answered: nothing for now, so that it comes again; a refusal that leaves no
 * trace; or a refusal for good.
 */
export function afterRefusal(code: string): 'again' | 'untraced' | 'kept' {
  if ([NOT_YET, FOREIGN, PAUSED].includes(code)) return 'again';
  return code === UNKNOWN || code === TOO_LONG ? 'untraced' : 'kept';
}

/** Types that are written to leave at an hour of their own. */
export const PLANNED = ['identity-changed', 'storefront-moved', 'heads-wanted'];

/** Whether an envelope still waits for the hour that it was written for: then nobody hurries it. */
export function keepsItsHour(
  row: { readonly type: string; readonly attempts: number; readonly next_at: Instant },
  now: Instant,
): boolean {
  return PLANNED.includes(row.type) && row.attempts === 0 && row.next_at > now;
}
