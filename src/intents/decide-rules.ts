import { type Counted, widerThan } from './cell-rules.ts';
import type { IfBelow } from './model.ts';

/** What becomes of a want that is to be cast. */
export type Decision =
  | { readonly kind: 'cast' | 'widened'; readonly as: Counted }
  | { readonly kind: 'held' | 'let-go'; readonly as: Counted };

/**
 * Casts the wanted level when enough people could have said it. Below that it is held, or generalised with the
 * wanter's yes to the level that gives up least beyond it (held when there is none), or let go. `isAllowedBelow` is a
 * market's gathering level that the wanter chose knowing that they may be the only one there.
 */
export function decide(
  counted: readonly Counted[],
  wanted: Counted,
  ifBelow: IfBelow,
  isAllowedBelow: boolean,
): Decision {
  if (!wanted.isBelow || isAllowedBelow) return { kind: 'cast', as: wanted };
  if (ifBelow === 'let-go') return { kind: 'let-go', as: wanted };
  const wider = ifBelow === 'widen' ? widerThan(counted, wanted) : undefined;
  return wider ? { kind: 'widened', as: wider } : { kind: 'held', as: wanted };
}
