import { fail, ok, type Result } from '../kernel/result.ts';
import { OBLIVIOUS_LIMITS } from './limits.ts';

/** Lengths that a message through a relay can have before it is sealed: 4, 16, 64, 256 and 1088 KiB. */
export const MESSAGE_STEPS: readonly number[] = steps();

/** The same message, filled up with zeros to the next step (RFC 9292, section 3.8). Fails with `message-too-long`. */
export function padMessage(message: Uint8Array): Result<Uint8Array> {
  const length = MESSAGE_STEPS.find((step) => step >= message.length);
  if (length === undefined) {
    return fail(
      'message-too-long',
      'That is more than can go through a relay at once. Nothing was sent.',
      'Send it in smaller parts.',
    );
  }
  const padded = new Uint8Array(length);
  padded.set(message);
  return ok(padded);
}

function steps(): number[] {
  const { smallestMessageBytes, largestMessageBytes } = OBLIVIOUS_LIMITS;
  const all: number[] = [];
  for (let step: number = smallestMessageBytes; step < largestMessageBytes / 2; step *= 4) all.push(step);
  return [...all, largestMessageBytes];
}
