import { ok, type Result } from '../kernel/result.ts';
import { findTerms, move, NAMESPACE, type Negotiation } from '../terms/index.ts';
import type { Interaction, ProfferRow } from './model.ts';
import type { Draft } from './send-interaction.ts';
import { negotiationOf } from './take-interaction.ts';

export type Answer =
  | { readonly kind: 'accept' | 'offer-alternative'; readonly terms: string }
  | { readonly kind: 'decline' };

/** The signed form of an answer of mine, when the negotiation allows it now; fails as the negotiation does. */
export function draftAnswer(row: ProfferRow, answer: Answer, now: number): Result<Draft> {
  const after = move(negotiationOf(row), row.side, answer, now);
  if (!after.ok) return after;
  return ok(
    draft({
      id: row.id,
      first: row.first_party,
      second: row.second_party,
      move: answer.kind,
      terms: 'terms' in answer ? [answer.terms] : [],
      after: after.value,
      now,
    }),
  );
}

interface Parts {
  readonly id: string;
  readonly first: string;
  readonly second: string;
  readonly move: Interaction['move'];
  readonly terms: readonly string[];
  readonly after: Negotiation;
  readonly now: number;
  /** Of a request: the signed offer that it is about. */
  readonly offer?: string | undefined;
}

export function draft({ id, first, second, move: kind, terms, after, now, offer }: Parts): Draft {
  return {
    class: `${NAMESPACE}AgreementInteractionRecord`,
    negotiation: id,
    hasFirstParty: first,
    hasSecondParty: second,
    move: kind,
    hasAgreement: terms.map((name) => findTerms(name)?.iri ?? name),
    ...(offer !== undefined && { offer }),
    hasStatus: NAMESPACE + after.state,
    until: after.until,
    at: now,
  };
}
