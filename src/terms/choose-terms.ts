import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { findTerms } from './find-terms.ts';
import { rosterIds } from './model.ts';
import { ROSTER } from './roster.ts';
import { type MyTerms, termsView } from './show-terms.ts';
import { replaceChosenTerms } from './store.ts';

export const ChooseTerms = z.object({
  ids: rosterIds
    .max(ROSTER.length)
    .describe('What you proffer, the preferred first; nothing brings the default back.'),
});

/** Sets what I proffer from now on; agreements that exist stay as they are. Fails with `terms-unfit`. */
export async function chooseTerms(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ChooseTerms>,
): Promise<Result<MyTerms>> {
  const other = input.ids.find((id) => findTerms(id)?.family === 'contribution');
  if (other !== undefined) {
    const sentence = `${other} is for giving data for one purpose, not for dealing with somebody.`;
    return fail('terms-unfit', sentence, 'Choose among the others, and give data where it is asked for.', {
      ids: sentence,
    });
  }
  return deps.storage.transact(actor.home, async (tx) => {
    await replaceChosenTerms(tx, input.ids);
    return ok(await termsView(tx, tx.home));
  });
}
