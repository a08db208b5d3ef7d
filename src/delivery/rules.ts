import type { Instant } from '../kernel/clock.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { OutboxState, Receipt } from './model.ts';

/**
 * How long to wait before the next try: doubling from the first wait to the longest, with up to half of it taken off
 * by chance so that many senders do not come back together. `jitter` is 0 to 255.
 */
export function waitBeforeTry(attempts: number, jitter: number): number {
  const doubled = LIMITS.deliveryFirstWaitMs * 2 ** Math.min(attempts - 1, 20);
  const wait = Math.min(doubled, LIMITS.deliveryLongestWaitMs);
  return wait - Math.floor((wait * jitter) / 512);
}

function isGivenUp(attempts: number): boolean {
  return attempts >= LIMITS.deliveryAttempts;
}

/** What came back for an envelope: its receipt, or a code that says why there is none. */
export type Answered = { readonly receipt: Pick<Receipt, 'result' | 'code'> } | { readonly problem: string };

interface AfterTry {
  readonly attempts: number;
  readonly state: OutboxState;
  /** When it is tried again; undefined once it has arrived. */
  readonly nextAt?: Instant;
  readonly problem: string | null;
}

/** What one more try makes of an envelope that has been tried so often before. */
export function afterTry(triesBefore: number, answer: Answered, now: Instant, jitter: number): AfterTry {
  const attempts = triesBefore + 1;
  if ('receipt' in answer) {
    return { attempts, state: answer.receipt.result, problem: answer.receipt.code ?? null };
  }
  return {
    attempts,
    state: isGivenUp(attempts) ? 'dead' : 'saved',
    nextAt: now + waitBeforeTry(attempts, jitter),
    problem: answer.problem,
  };
}

/** A handler's code for what it cannot take yet: an earlier record is missing. */
const NOT_YET = 'record-out-of-order';
/** The key that signed is not the one this sender speaks with. */
export const FOREIGN = 'sender-foreign';
/** Of a newer Parley, or of none: nobody can say whose key it would have to be, so nothing is kept. */
export const UNKNOWN = 'message-unknown';

/**
 * What an envelope that was not acted on is answered: nothing for now, so that it comes again; a refusal that leaves no
 * trace; or a refusal for good.
 */
export function afterRefusal(code: string): 'again' | 'untraced' | 'kept' {
  if (code === NOT_YET || code === FOREIGN) return 'again';
  return code === UNKNOWN ? 'untraced' : 'kept';
}
