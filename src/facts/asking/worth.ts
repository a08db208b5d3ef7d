import { issuerView, type Known } from '../issuer-view.ts';
import type { Outcome, Presented, ProofRequest, RequestLine } from '../model.ts';
import { satisfies } from './line-rules.ts';
import type { Query } from './query.ts';

type Shown = Exclude<RequestLine['outcome'], 'waiting' | 'refused'>;

/**
 * What a proof is worth to whoever asked, by what they have found out until now: anybody can sign in anybody's name, so only
 * the key that the node of that name shows proves. Whoever answered sees what they have shown.
 */
export function worthOf(presented: Presented, known: Known, isAsker: boolean): Shown {
  if (presented.problem) return 'broken';
  if (presented.isOwnWord) return 'own-word';
  if (!isAsker) return 'shown';
  const { key } = issuerView(presented.issuer ?? '', presented.key, known);
  if (key === 'other') return 'broken';
  return key === 'current' ? 'shown' : 'unconfirmed';
}

export function verdictOf(
  query: Query,
  { presented }: Outcome,
  known: Known,
  isAsker: boolean,
): NonNullable<ProofRequest['verdict']> {
  const good = presented.filter((one) => worthOf(one, known, isAsker) === 'shown');
  return satisfies(query, new Set(good.flatMap((one) => one.facts.map((fact) => fact.line))));
}
