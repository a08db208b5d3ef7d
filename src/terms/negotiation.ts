import type { Instant } from '../kernel/clock.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { findTerms } from './find-terms.ts';

/** The first party proffers, the second answers (IEEE 7012). */
export type NegotiationParty = 'first' | 'second';

/** The states of the Data Privacy Vocabulary for IEEE 7012 that this protocol uses, by their names there. */
type NegotiationState =
  | 'AgreementNegotiationRequested'
  | 'AgreementNegotiationInitiated'
  | 'AgreementNegotiationPendingResponse'
  | 'AgreementNegotiationConfirmationRequired'
  | 'AgreementNegotiationClarificationRequired'
  | 'AgreementNegotiationCounterOfferMade'
  | 'AgreementNegotiationPaused'
  | 'AgreementAccepted'
  | 'AgreementRefused'
  | 'AgreementNegotiationRefused'
  | 'AgreementNegotiationExpired'
  | 'AgreementNegotiationInvalid'
  | 'AgreementNegotiationTerminated';

/**
 * What a side may do. `initiate` and `pend` say that it has been seen and will be answered, `consider` that a person
 * of that side must confirm, `ask` and `clarify` settle what is meant, `refuse-to-negotiate` answers nothing at all.
 */
export type Move =
  | { readonly kind: 'accept' | 'offer-alternative'; readonly terms: string }
  | {
      readonly kind:
        | 'initiate'
        | 'pend'
        | 'consider'
        | 'ask'
        | 'clarify'
        | 'decline'
        | 'refuse-to-negotiate'
        | 'pause'
        | 'resume'
        | 'invalidate'
        | 'terminate';
    };

export interface Negotiation {
  readonly state: NegotiationState;
  /** Whose answer is awaited; nobody's once it is over. */
  readonly turn: NegotiationParty | undefined;
  /** What the first party proffered, the preferred first. */
  readonly proffered: readonly string[];
  /** The one alternative that the second party may offer. */
  readonly alternative?: string;
  /** The terms both sides have said yes to. */
  readonly agreed?: string;
  /** After this instant nothing but its expiry can happen. */
  readonly until: Instant;
  readonly moves: number;
  /** Who paused it, and the state to come back to. */
  readonly paused?: { readonly by: NegotiationParty; readonly from: NegotiationState };
}

/** Moves of one negotiation; those that end it stay possible beyond. */
export const MOVES_AT_MOST = 20;

const OVER: ReadonlySet<NegotiationState> = new Set([
  'AgreementAccepted',
  'AgreementRefused',
  'AgreementNegotiationRefused',
  'AgreementNegotiationExpired',
  'AgreementNegotiationInvalid',
  'AgreementNegotiationTerminated',
]);

export function isOver(negotiation: Negotiation): boolean {
  return OVER.has(negotiation.state);
}

/** The first party proffers one or several terms of the roster. Fails with `terms-unknown`. */
export function beginNegotiation(proffered: readonly string[], until: Instant): Result<Negotiation> {
  const ids = proffered.map((name) => findTerms(name)?.id).filter((id) => id !== undefined);
  if (ids.length === 0 || ids.length < proffered.length || new Set(ids).size < ids.length) {
    return fail(
      'terms-unknown',
      'Terms are proffered from the roster, each once.',
      'Choose among those that list-roster shows.',
    );
  }
  const state = 'AgreementNegotiationRequested';
  return ok({ state, turn: 'second', proffered: ids, until, moves: 1 });
}

/** A negotiation that is open beyond its end has expired; anything else stays as it is. */
export function expire(negotiation: Negotiation, now: Instant): Negotiation {
  if (isOver(negotiation) || now <= negotiation.until) return negotiation;
  return over(negotiation, 'AgreementNegotiationExpired');
}

/**
 * The negotiation after a side's move. Pure: what fails changes nothing. Fails with `negotiation-over`,
 * `negotiation-expired`, `negotiation-turn` (the other side is asked), `negotiation-paused`, `negotiation-move` (not in
 * this state), `terms-unknown`, `alternative-spent`, `negotiation-too-long`.
 */
export function move(
  negotiation: Negotiation,
  side: NegotiationParty,
  what: Move,
  now: Instant,
): Result<Negotiation> {
  if (isOver(negotiation)) return refused('negotiation-over', 'This has been decided.');
  if (now > negotiation.until) return refused('negotiation-expired', 'The time for an answer is over.');
  const next = { ...negotiation, moves: negotiation.moves + 1 };
  if (what.kind === 'terminate') return ok(over(next, 'AgreementNegotiationTerminated'));
  if (what.kind === 'invalidate') return ok(over(next, 'AgreementNegotiationInvalid'));
  if (what.kind === 'pause' || what.kind === 'resume') return pauseOrResume(next, side, what.kind);
  if (negotiation.paused) return refused('negotiation-paused', 'This is paused.');
  if (side !== negotiation.turn) return refused('negotiation-turn', 'The other side is to answer now.');
  switch (what.kind) {
    case 'accept':
      return accept(next, side, what.terms);
    case 'decline':
      return ok(over(next, 'AgreementRefused'));
    case 'offer-alternative':
      return offerAlternative(next, side, what.terms);
    case 'refuse-to-negotiate':
      return side === 'second' && negotiation.alternative === undefined
        ? ok(over(next, 'AgreementNegotiationRefused'))
        : notNow();
    default:
      return step(next, side, what.kind);
  }
}

/** Moves that decide nothing: from which states, and to which state and whose turn they lead. */
const STEPS: Readonly<
  Record<
    'initiate' | 'pend' | 'consider' | 'ask' | 'clarify',
    readonly [readonly NegotiationState[], NegotiationParty[], NegotiationState]
  >
> = {
  initiate: [['AgreementNegotiationRequested'], ['second'], 'AgreementNegotiationInitiated'],
  pend: [
    ['AgreementNegotiationRequested', 'AgreementNegotiationInitiated'],
    ['second'],
    'AgreementNegotiationPendingResponse',
  ],
  consider: [
    [
      'AgreementNegotiationRequested',
      'AgreementNegotiationInitiated',
      'AgreementNegotiationPendingResponse',
      'AgreementNegotiationCounterOfferMade',
    ],
    ['first', 'second'],
    'AgreementNegotiationConfirmationRequired',
  ],
  ask: [
    [
      'AgreementNegotiationRequested',
      'AgreementNegotiationInitiated',
      'AgreementNegotiationPendingResponse',
      'AgreementNegotiationConfirmationRequired',
    ],
    ['second'],
    'AgreementNegotiationClarificationRequired',
  ],
  clarify: [['AgreementNegotiationClarificationRequired'], ['first'], 'AgreementNegotiationPendingResponse'],
};

function step(next: Negotiation, side: NegotiationParty, kind: keyof typeof STEPS): Result<Negotiation> {
  const [from, who, to] = STEPS[kind];
  if (!from.includes(next.state) || !who.includes(side)) return notNow();
  if (next.moves > MOVES_AT_MOST) return tooLong();
  const turn = kind === 'ask' ? 'first' : kind === 'clarify' ? 'second' : side;
  return ok({ ...next, state: to, turn });
}

/** The second party accepts one of what was proffered, the first only the alternative. */
function accept(next: Negotiation, side: NegotiationParty, terms: string): Result<Negotiation> {
  if (next.state === 'AgreementNegotiationClarificationRequired') return notNow();
  const id = findTerms(terms)?.id;
  const open = side === 'second' ? next.proffered : [next.alternative];
  if (id === undefined || !open.includes(id)) {
    return refused('terms-unknown', 'These terms are not what is on the table.');
  }
  return ok({ ...over(next, 'AgreementAccepted'), agreed: id });
}

function offerAlternative(next: Negotiation, side: NegotiationParty, terms: string): Result<Negotiation> {
  if (side === 'first') return notNow();
  if (next.alternative !== undefined) {
    return refused('alternative-spent', 'There is one alternative only, and it has been offered.');
  }
  const alternative = findTerms(terms)?.id;
  if (alternative === undefined) return refused('terms-unknown', 'These terms are not in the roster.');
  if (next.proffered.includes(alternative)) {
    return refused('terms-unknown', 'These terms were proffered; accept them instead.');
  }
  return ok({ ...next, state: 'AgreementNegotiationCounterOfferMade', turn: 'first', alternative });
}

function pauseOrResume(
  next: Negotiation,
  side: NegotiationParty,
  kind: 'pause' | 'resume',
): Result<Negotiation> {
  const { paused, ...rest } = next;
  if (kind === 'pause') {
    if (paused) return refused('negotiation-paused', 'This is paused.');
    if (next.moves > MOVES_AT_MOST) return tooLong();
    return ok({ ...rest, state: 'AgreementNegotiationPaused', paused: { by: side, from: next.state } });
  }
  if (!paused) return notNow();
  if (paused.by !== side)
    return refused('negotiation-paused', 'Only the side that paused this may resume it.');
  return ok({ ...rest, state: paused.from });
}

function over(negotiation: Negotiation, state: NegotiationState): Negotiation {
  const { paused: _, ...rest } = negotiation;
  return { ...rest, state, turn: undefined };
}

function notNow(): Failure {
  return refused('negotiation-move', 'That cannot be done at this point.');
}

function tooLong(): Failure {
  return refused('negotiation-too-long', `After ${MOVES_AT_MOST} moves only an answer is possible.`);
}

function refused(code: string, message: string): Failure {
  return fail(code, `${message} Nothing was changed.`, 'Look at where it stands.');
}

type PlainState = 'pending' | 'accepted' | 'alternative' | 'declined' | 'expired';

/** The state in the word a page shows. */
export function plainState(negotiation: Negotiation): PlainState {
  switch (negotiation.state) {
    case 'AgreementAccepted':
      return 'accepted';
    case 'AgreementNegotiationExpired':
      return 'expired';
    case 'AgreementRefused':
    case 'AgreementNegotiationRefused':
    case 'AgreementNegotiationInvalid':
    case 'AgreementNegotiationTerminated':
      return 'declined';
    default:
      return negotiation.alternative === undefined ? 'pending' : 'alternative';
  }
}
