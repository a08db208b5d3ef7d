import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFailure, must } from '../kernel/result.ts';
import {
  beginNegotiation,
  expire,
  isOver,
  MOVES_AT_MOST,
  type Move,
  move,
  type Negotiation,
  type NegotiationParty,
  plainState,
} from './negotiation.ts';
import { ROSTER } from './roster.ts';

const UNTIL = 1_000;
const begin = (...ids: string[]): Negotiation => must(beginNegotiation(ids, UNTIL));

/** Plays moves that must all be possible. */
function play(start: Negotiation, ...moves: [NegotiationParty, Move][]): Negotiation {
  return moves.reduce((at, [side, what]) => must(move(at, side, what, 1)), start);
}

function codeOf(negotiation: Negotiation, side: NegotiationParty, what: Move, now = 1): string {
  const result = move(negotiation, side, what, now);
  assert.ok(isFailure(result), 'the move is refused');
  return result.code;
}

test('the second party accepts one of what was proffered', () => {
  const done = play(begin('SD-BASE', 'SD-BASE-A'), ['second', { kind: 'accept', terms: 'SD-BASE-A' }]);
  assert.equal(done.state, 'AgreementAccepted');
  assert.equal(done.agreed, 'SD-BASE-A');
  assert.equal(done.turn, undefined);
  assert.equal(plainState(done), 'accepted');
});

test('what was not proffered cannot be accepted, nor can one accept for the other side', () => {
  const open = begin('SD-BASE');
  assert.equal(codeOf(open, 'second', { kind: 'accept', terms: 'SD-BASE-A' }), 'terms-unknown');
  assert.equal(codeOf(open, 'second', { kind: 'accept', terms: 'nothing' }), 'terms-unknown');
  assert.equal(codeOf(open, 'first', { kind: 'accept', terms: 'SD-BASE' }), 'negotiation-turn');
});

test('one alternative, to which the first party says yes or no', () => {
  const countered = play(begin('SD-BASE'), ['second', { kind: 'offer-alternative', terms: 'SD-BY-A' }]);
  assert.equal(countered.state, 'AgreementNegotiationCounterOfferMade');
  assert.equal(countered.alternative, 'SD-BASE-A');
  assert.equal(plainState(countered), 'alternative');
  assert.equal(codeOf(countered, 'second', { kind: 'accept', terms: 'SD-BASE' }), 'negotiation-turn');
  assert.equal(codeOf(countered, 'first', { kind: 'accept', terms: 'SD-BASE' }), 'terms-unknown');
  assert.equal(
    codeOf(countered, 'first', { kind: 'offer-alternative', terms: 'SD-BASE-DP' }),
    'negotiation-move',
  );
  assert.equal(codeOf(countered, 'first', { kind: 'refuse-to-negotiate' }), 'negotiation-move');
  const yes = play(countered, ['first', { kind: 'accept', terms: 'SD-BASE-A' }]);
  assert.deepEqual([yes.state, yes.agreed], ['AgreementAccepted', 'SD-BASE-A']);
  const no = play(countered, ['first', { kind: 'decline' }]);
  assert.deepEqual([no.state, no.agreed, plainState(no)], ['AgreementRefused', undefined, 'declined']);
});

test('an alternative is of the roster and not what was proffered', () => {
  const open = begin('SD-BASE');
  assert.equal(
    codeOf(open, 'second', { kind: 'offer-alternative', terms: 'OUR-OWN-TERMS' }),
    'terms-unknown',
  );
  assert.equal(codeOf(open, 'second', { kind: 'offer-alternative', terms: 'SD-BY' }), 'terms-unknown');
});

test('questions and confirmations go through their states and come back', () => {
  const seen = play(begin('SD-BASE'), ['second', { kind: 'initiate' }], ['second', { kind: 'pend' }]);
  assert.equal(seen.state, 'AgreementNegotiationPendingResponse');
  const considered = play(seen, ['second', { kind: 'consider' }]);
  assert.equal(considered.state, 'AgreementNegotiationConfirmationRequired');
  assert.equal(considered.turn, 'second');
  const asked = play(considered, ['second', { kind: 'ask' }]);
  assert.deepEqual([asked.state, asked.turn], ['AgreementNegotiationClarificationRequired', 'first']);
  assert.equal(codeOf(asked, 'first', { kind: 'accept', terms: 'SD-BASE' }), 'negotiation-move');
  const clear = play(asked, ['first', { kind: 'clarify' }]);
  assert.deepEqual([clear.state, clear.turn], ['AgreementNegotiationPendingResponse', 'second']);
});

test('only the side that paused resumes, and nothing is decided in between', () => {
  const paused = play(begin('SD-BASE'), ['first', { kind: 'pause' }]);
  assert.equal(paused.state, 'AgreementNegotiationPaused');
  assert.equal(codeOf(paused, 'second', { kind: 'accept', terms: 'SD-BASE' }), 'negotiation-paused');
  assert.equal(codeOf(paused, 'second', { kind: 'resume' }), 'negotiation-paused');
  assert.equal(codeOf(paused, 'first', { kind: 'pause' }), 'negotiation-paused');
  const { moves: _, ...back } = play(paused, ['first', { kind: 'resume' }]);
  const { moves: __, ...before } = begin('SD-BASE');
  assert.deepEqual(back, before);
});

test('after its time it expires, and only then', () => {
  const open = begin('SD-BASE');
  assert.equal(expire(open, UNTIL), open);
  const late = expire(open, UNTIL + 1);
  assert.deepEqual([late.state, plainState(late)], ['AgreementNegotiationExpired', 'expired']);
  assert.equal(
    codeOf(open, 'second', { kind: 'accept', terms: 'SD-BASE' }, UNTIL + 1),
    'negotiation-expired',
  );
  const done = play(open, ['second', { kind: 'decline' }]);
  assert.equal(expire(done, UNTIL + 1), done);
});

test('only terms of the roster are proffered, each once', () => {
  for (const ids of [[], ['NONE'], ['SD-BASE', 'NONE'], ['SD-BASE', 'SD-BY']]) {
    assert.ok(isFailure(beginNegotiation(ids, UNTIL)), ids.join());
  }
});

const side = fc.constantFrom<NegotiationParty>('first', 'second');
const terms = fc.constantFrom(...ROSTER.map((t) => t.id), 'NONE');
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constantFrom('accept' as const, 'offer-alternative' as const), terms }),
  fc.record({
    kind: fc.constantFrom(
      'initiate' as const,
      'pend' as const,
      'consider' as const,
      'ask' as const,
      'clarify' as const,
      'decline' as const,
      'refuse-to-negotiate' as const,
      'pause' as const,
      'resume' as const,
      'invalidate' as const,
      'terminate' as const,
    ),
  }),
);
// Endings are rare, so that most runs go far.
const script = fc.array(
  fc.tuple(
    side,
    fc.oneof(
      { weight: 9, arbitrary: anyMove.filter((m) => !isEnding(m)) },
      { weight: 1, arbitrary: anyMove },
    ),
  ),
  { maxLength: 60 },
);
function isEnding(what: Move): boolean {
  return ['decline', 'refuse-to-negotiate', 'invalidate', 'terminate'].includes(what.kind);
}

test('whatever both sides try, the rules hold', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(
      fc.uniqueArray(
        terms.filter((t) => t !== 'NONE'),
        { minLength: 1, maxLength: 4 },
      ),
      script,
      (ids, moves) => {
        let at = begin(...ids);
        let alternatives = 0;
        for (const [who, what] of moves) {
          const before = structuredClone(at);
          const next = move(at, who, what, 1);
          assert.deepEqual(at, before, 'a move changes nothing in place');
          reached.add(at.state);
          if (isOver(at)) assert.ok(isFailure(next), 'what is over stays over');
          if (isFailure(next)) continue;
          if (what.kind === 'offer-alternative') alternatives++;
          checkStep(before, who, what, next.value);
          at = next.value;
        }
        reached.add(at.state);
        assert.ok(alternatives <= 1, 'at most one alternative');
        assert.ok(at.moves <= MOVES_AT_MOST + 3, 'it cannot go on for ever');
        assert.deepEqual(at.proffered, ids, 'what was proffered never changes');
        if (!isOver(at))
          assert.ok(move(at, 'first', { kind: 'terminate' }, 1).ok, 'either side can always end it');
      },
    ),
    { numRuns: 5_000 },
  );
  assert.ok(reached.size >= 11, `the run reached ${[...reached].join(', ')}`);
});

function checkStep(before: Negotiation, who: NegotiationParty, what: Move, after: Negotiation): void {
  assert.equal(after.moves, before.moves + 1);
  assert.equal(after.turn === undefined, isOver(after), 'it is somebody’s turn until it is over');
  assert.equal(after.state === 'AgreementNegotiationPaused', after.paused !== undefined);
  if (before.alternative !== undefined) assert.equal(after.alternative, before.alternative);
  if (before.paused && what.kind !== 'resume') assert.ok(isEnding(what), 'a pause only ends or is ended');
  if (
    what.kind !== 'pause' &&
    what.kind !== 'resume' &&
    what.kind !== 'terminate' &&
    what.kind !== 'invalidate'
  ) {
    assert.equal(who, before.turn, 'only the side whose turn it is decides');
  }
  if (after.state === 'AgreementAccepted') {
    assert.ok(after.agreed !== undefined);
    const open = who === 'second' ? before.proffered : [before.alternative];
    assert.ok(open.includes(after.agreed), 'one says yes only to what the other has put forward');
  } else assert.equal(after.agreed, undefined);
}
