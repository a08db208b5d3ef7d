import { fail, ok, type Result } from '../kernel/result.ts';
import type { PausedBy, RelationshipState } from './model.ts';

/**
 * Taking something back is possible in a pause too. So is saying how promises were kept, also after the end: nobody escapes
 * a bad word by pausing or ending.
 */
export type Act = 'speak' | 'settle' | 'stop-sharing' | 'pause' | 'resume' | 'end';

/** Which acts each state allows, and to which state they lead. */
const TABLE: Record<RelationshipState, Partial<Record<Act, RelationshipState>>> = {
  asked: {},
  active: { speak: 'active', settle: 'active', 'stop-sharing': 'active', pause: 'paused', end: 'ended' },
  // Each side has its own pause: two that cross on the way are both in force, at both ends.
  paused: { settle: 'paused', 'stop-sharing': 'paused', pause: 'paused', resume: 'active', end: 'ended' },
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

interface Standing {
  readonly state: RelationshipState;
  readonly paused_by: PausedBy;
}

/** What an act makes of it, or `relationship-state` with the reason. Only the side that paused may resume. */
export function afterAct({ state, paused_by }: Standing, act: Act, isMine: boolean): Result<Standing> {
  const next = TABLE[state][act];
  const [side, other] = isMine ? (['mine', 'theirs'] as const) : (['theirs', 'mine'] as const);
  const hasPaused = paused_by === side || paused_by === 'both';
  if (next === undefined || (act === 'pause' && hasPaused)) {
    const advice = state === 'paused' ? 'Resume it first.' : 'Nothing was changed.';
    return fail('relationship-state', WORDS[state], advice);
  }
  if (act === 'resume' && !hasPaused) {
    return fail(
      'relationship-paused-by-other',
      'The other side paused this.',
      'Wait until they resume, or end it.',
    );
  }
  if (act === 'pause') return ok({ state: next, paused_by: paused_by === null ? side : 'both' });
  if (act === 'resume' && paused_by === 'both') return ok({ state, paused_by: other });
  return ok({ state: next, paused_by: next === 'paused' ? paused_by : null });
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
