import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, type Result } from '../kernel/result.ts';
import { getPartyRow, type Party, passphrase, takeBack } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { openAgain } from './ask-again.ts';
import { PasskeyAnswer } from './model.ts';

export const ResetPassphrase = z.object({
  again: PasskeyAnswer.describe('What a passkey of yours answers that opens your keys.'),
  newPassphrase: passphrase.describe('The passphrase from now on.'),
});

/**
 * A new passphrase on the word of a passkey, for whoever has forgotten the old one; other browsers are signed out. Fails
 * as `openAgain` does.
 */
export async function resetPassphrase(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ResetPassphrase>,
): Promise<Result<z.output<typeof Party>>> {
  const secret = await openAgain(deps, actor, { again: input.again });
  if (!secret.ok) return secret;
  const party = await deps.storage.read((view) => getPartyRow(view, actor.home));
  assert(party, 'an acting party has a row');
  const opened = { home: actor.home, handle: party.handle, secret: secret.value };
  return takeBack(deps, actor, opened, input.newPassphrase);
}
