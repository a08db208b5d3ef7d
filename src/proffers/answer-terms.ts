import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { rosterId } from '../terms/index.ts';
import { channelOfProffer } from './channels.ts';
import { type Answer, draftAnswer } from './draft.ts';
import type { Proffer } from './model.ts';
import { sendInteraction } from './send-interaction.ts';
import { findProffer } from './store.ts';
import { negotiationOf, profferUnknown } from './take-interaction.ts';
import { profferView } from './view.ts';

export const AnswerTerms = z.object({
  id: id.describe('The proffer.'),
  answer: z.enum(['accept', 'alternative', 'decline']),
  terms: rosterId.optional().describe('Which of the proffered terms to accept; the first when left out.'),
  alternative: rosterId.optional().describe('The one alternative to offer.'),
});

type Input = z.output<typeof AnswerTerms>;

/**
 * Answers a proffer: yes to one of its terms, the one alternative, or no; and yes or no to the alternative that came
 * back. Fails with `proffer-unknown`, `alternative-needed` and the codes of the negotiation.
 */
export async function answerTerms(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<Proffer>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await findProffer(tx, tx.home, input.id);
    if (!row) return profferUnknown();
    const now = deps.clock.now();
    const { proffered, alternative } = negotiationOf(row);
    const open = row.side === 'second' ? proffered[0] : alternative;
    const terms = input.answer === 'alternative' ? input.alternative : (input.terms ?? open ?? '');
    if (terms === undefined) {
      const sentence = 'Say which terms you offer instead.';
      return fail('alternative-needed', sentence, 'Choose one of the roster.', { alternative: sentence });
    }
    const drafted = draftAnswer(row, answerOf(input.answer, terms), now);
    if (isFailure(drafted)) return drafted;
    const sent = await sendInteraction(tx, deps, channelOfProffer(row), drafted.value);
    if (isFailure(sent)) return sent;
    const after = await findProffer(tx, tx.home, row.id);
    assert(after, 'what was answered is kept');
    return ok(profferView(after, now));
  });
}

function answerOf(answer: Input['answer'], terms: string): Answer {
  if (answer === 'decline') return { kind: 'decline' };
  return { kind: answer === 'accept' ? 'accept' : 'offer-alternative', terms };
}
