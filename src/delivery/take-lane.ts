import type { HomeId } from '../kernel/ids.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import type { PartyRow } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { Envelope } from './model.ts';
import { type Handlers, receive, refusedNow, type SignedBy } from './receive.ts';
import { receiveTogether } from './receive-together.ts';

/**
 * Takes envelopes of one lane into their home, in order. Answers each one's receipt, or, as the last one, why it and
 * what follows must come again.
 */
export async function takeLane<Deps extends BaseDeps>(
  deps: Deps,
  handlers: Handlers<Deps>,
  home: HomeId,
  party: PartyRow | undefined,
  lane: readonly Envelope[],
  signedBy: SignedBy,
): Promise<Result<Uint8Array>[]> {
  // An inbox outlives its party: nothing is kept for somebody who has left.
  if (!party) return lane.map((it) => ok(refusedNow(deps, it, 'inbox-gone')));
  if (party.paused_at !== null) {
    return [fail('party-paused', 'This copy is not in use.', 'It stays here and is tried again.')];
  }
  const answers = await takeAll(deps, handlers, home, lane, signedBy);
  const last = answers.findIndex((answer) => isFailure(answer));
  return last < 0 ? answers : answers.slice(0, last + 1);
}

/** The first ones together, as far as nothing is odd about them; then each by itself. */
async function takeAll<Deps extends BaseDeps>(
  deps: Deps,
  handlers: Handlers<Deps>,
  home: HomeId,
  lane: readonly Envelope[],
  signedBy: SignedBy,
): Promise<Result<Uint8Array>[]> {
  const first = await receiveTogether(deps, handlers, home, lane, signedBy);
  const rest = lane.slice(first.length);
  // Storage takes them in this order, and what comes together shares a commit.
  const others = await Promise.all(rest.map((it) => receive(deps, handlers, home, it, signedBy)));
  return [...first, ...others];
}
