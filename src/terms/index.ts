export { findTerms, whatMayBeKept } from './find-terms.ts';
export { rosterId, rosterIds } from './model.ts';
export {
  beginNegotiation,
  expire,
  isOver,
  type Move,
  move,
  type Negotiation,
  type NegotiationParty,
  plainState,
} from './negotiation.ts';
export { operations } from './operations.ts';
export { DEFAULT_TERMS, NAMESPACE, ROSTER } from './roster.ts';
export { acceptable, conflicts, isAtLeastAsStrict } from './rules.ts';
export { profferedTerms } from './store.ts';
