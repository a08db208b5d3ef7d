import type { Instant } from '../kernel/clock.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import { findTerms } from '../terms/index.ts';
import type { Acquaintance } from './model.ts';

/** A relationship that two people asked for by an invitation, before both have signed. */
export function acquaintanceRow(
  acquaintance: Acquaintance,
  agreement: string,
  side: 'inviter' | 'invited',
  now: Instant,
): Omit<RelationshipRow, 'home_id'> {
  const { rel, invitation, inviter, invited, terms } = acquaintance;
  const [me, other] = side === 'inviter' ? [inviter, invited] : [invited, inviter];
  return {
    id: rel,
    side,
    state: 'asked',
    // Nobody has a name before they give one; a few letters tell two guests apart.
    name: other.name ?? `Guest ${rel.slice(0, 4)}`,
    is_sample: false,
    mine: me.identity,
    theirs: null,
    // It came from no offer and no storefront: the invitation stands where they would.
    offer: invitation,
    title: findTerms(terms)?.name ?? terms,
    agreement,
    storefront: inviter.identity,
    intent: null,
    refusal: null,
    paused_by: null,
    since_at: now,
    last_at: now,
    unread: side === 'inviter' ? 1 : 0,
    expectations: '',
    review_day: null,
    their_expectations: '',
    ended_by: null,
    reconciling_at: null,
  };
}
