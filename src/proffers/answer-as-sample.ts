import { isFailure, ok, type Result } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { acceptable, DEFAULT_TERMS, profferedTerms } from '../terms/index.ts';
import { channelOfProffer } from './channels.ts';
import { draftAnswer } from './draft.ts';
import type { ProfferRow } from './model.ts';
import { sendInteraction } from './send-interaction.ts';
import { negotiationOf } from './take-interaction.ts';

/**
 * Vendors of the sample market answer by themselves, by what they proffer themselves: yes to what asks no more than that, else
 * that as the one alternative. Nobody real is ever answered for.
 */
export async function answerAsSample(
  tx: Tx,
  deps: RelationshipDeps,
  row: ProfferRow,
): Promise<Result<unknown>> {
  const negotiation = negotiationOf(row);
  if (row.side !== 'second' || negotiation.turn !== 'second') return ok('waits');
  const party = await getPartyRow(tx, tx.home);
  if (party?.sample == null) return ok('waits');
  const { ids } = await profferedTerms(tx, tx.home);
  const met = negotiation.proffered.find((id) => acceptable([id], ids) !== undefined);
  const answer =
    met === undefined
      ? { kind: 'offer-alternative' as const, terms: ids[0] ?? DEFAULT_TERMS }
      : { kind: 'accept' as const, terms: met };
  const drafted = draftAnswer(row, answer, deps.clock.now());
  if (isFailure(drafted)) return ok('waits');
  return sendInteraction(tx, deps, channelOfProffer(row), drafted.value);
}
