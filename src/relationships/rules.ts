import { fail, ok, type Result } from '../kernel/result.ts';
import type { RelationshipState } from './model.ts';

/**
 * Taking something back is possible in a pause too. So is saying how promises were kept, also after the end: nobody escapes
 * a bad word by pausing or ending.
 */
export type Act = 'speak' | 'settle' | 'stop-sharing' | 'pause' | 'resume' | 'end';

/** Which acts each state allows, and to which state they lead. */
const TABLE: Record<RelationshipState, Partial<Record<Act, RelationshipState>>> = {
  asked: {},
  active: { speak: 'active', settle: 'active', 'stop-sharing': 'active', pause: 'paused', end: 'ended' },
  paused: { settle: 'paused', 'stop-sharing': 'paused', resume: 'active', end: 'ended' },
  ended: { settle: 'ended' },
  refused: {},
};

const WORDS: Record<RelationshipState, string> = {
  asked: 'Not both of you have signed yet.',
  active: 'The relationship is not paused.',
  paused: 'This relationship is paused.',
  ended: 'This relationship has ended.',
  refused: 'It was not signed by both; there is no relationship.',
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
