import { fail, ok, type Result } from '../kernel/result.ts';
import type { RelationshipState } from './model.ts';

/** Taking something back is possible in a pause too. */
export type Act = 'speak' | 'stop-sharing' | 'pause' | 'resume' | 'end';

/** Which acts each state allows, and to which state they lead. */
const TABLE: Record<RelationshipState, Partial<Record<Act, RelationshipState>>> = {
  asked: {},
  active: { speak: 'active', 'stop-sharing': 'active', pause: 'paused', end: 'ended' },
  paused: { 'stop-sharing': 'paused', resume: 'active', end: 'ended' },
  ended: {},
  refused: {},
};

const WORDS: Record<RelationshipState, string> = {
  asked: 'The seller has not signed yet.',
  active: 'The relationship is not paused.',
  paused: 'This relationship is paused.',
  ended: 'This relationship has ended.',
  refused: 'The seller did not sign; there is no relationship.',
};

/** The state after an act, or `relationship-state` with the reason. Only the side that paused may resume. */
export function nextState(
  state: RelationshipState,
  act: Act,
  pausedBy: 'mine' | 'theirs' | null,
  isMine: boolean,
): Result<RelationshipState> {
  const next = TABLE[state][act];
  if (next === undefined) {
    const advice = state === 'paused' ? 'Resume it first.' : 'Nothing was changed.';
    return fail('relationship-state', WORDS[state], advice);
  }
  if (act === 'resume' && pausedBy !== (isMine ? 'mine' : 'theirs')) {
    return fail(
      'relationship-paused-by-other',
      'The other side paused this.',
      'Wait until they resume, or end it.',
    );
  }
  return ok(next);
}

/** Where a record stands to the last one that is known of its author. */
export function placeInChain(
  head: { readonly seq: number; readonly id: string } | undefined,
  record: { readonly seq: number; readonly prev: string | null },
): 'next' | 'earlier' | 'too-early' {
  const last = head?.seq ?? 0;
  if (record.seq <= last) return 'earlier';
  return record.seq === last + 1 && record.prev === (head?.id ?? null) ? 'next' : 'too-early';
}
