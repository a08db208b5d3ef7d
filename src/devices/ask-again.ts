import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { openSecret } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { PasskeyAnswer } from './model.ts';
import { siteOf } from './site.ts';
import { takeAnswer } from './take-answer.ts';

/** Being signed in is not enough for what lets somebody in for good: one of these says once more who it is. */
export const again = {
  passphrase: z.string().max(LIMITS.passphraseMaxChars).optional().describe('Your passphrase.'),
  again: PasskeyAnswer.optional().describe('In place of the passphrase: what a passkey of yours answers.'),
};

interface Again {
  readonly passphrase?: string | undefined;
  readonly again?: PasskeyAnswer | undefined;
}

/**
 * The party's secret, opened once more. Fails with `proof-needed`, `passphrase-wrong`, `too-many-attempts`,
 * `passkey-opens-nothing`, and as `takeAnswer` does.
 */
export async function openAgain(
  deps: BaseDeps,
  actor: PartyActor,
  given: Again,
): Promise<Result<Uint8Array>> {
  if (given.passphrase !== undefined) return openSecret(deps, actor, given.passphrase);
  if (!given.again) {
    return fail('proof-needed', 'This asks once more who you are.', 'Give your passphrase.', {
      passphrase: 'Your passphrase is needed here.',
    });
  }
  const site = siteOf(actor);
  if (!site.ok) return site;
  const asking = { actor, site: site.value, purpose: 'ask-again' } as const;
  const answered = await takeAnswer(deps, actor.home, given.again, asking);
  if (!answered.ok) return answered;
  return answered.value.secret
    ? ok(answered.value.secret)
    : fail('passkey-opens-nothing', 'This passkey signs you in, and opens no keys.', 'Give your passphrase.');
}
