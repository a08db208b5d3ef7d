import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { countAttempt } from './attempts.ts';
import { type Party, passphrase } from './model.ts';
import { unwrapWithRecovery } from './secrets.ts';
import { getSecrets, homeOfHandle } from './store.ts';
import { takeBack } from './take-back.ts';

export const RecoverParty = z.object({
  handle,
  code: z.string().max(100).describe('The recovery code, from your paper.'),
  newPassphrase: passphrase.describe('The passphrase from now on.'),
});

/**
 * Opens my party with the recovery code and wraps its secret under a new passphrase; every other browser is signed out.
 * Unknown handle, malformed and wrong code have one answer: `recovery-refused`. Fails with
 * `too-many-attempts`, and as `takeBack` does.
 */
export async function recoverParty(
  deps: BaseDeps,
  actor: Actor,
  input: z.output<typeof RecoverParty>,
): Promise<Result<Party>> {
  const counted = await countAttempt(deps, actor, input.handle);
  if (counted) return counted;
  const found = await deps.storage.read(async (view) => {
    const home = await homeOfHandle(view, input.handle);
    return home === undefined ? undefined : getSecrets(view, home);
  });
  const secret = found && unwrapWithRecovery(found, input.code);
  if (!found || !secret) {
    return fail(
      'recovery-refused',
      'That name and recovery code do not go together.',
      'Compare every group with your paper and try again.',
    );
  }
  const { handle } = input;
  return takeBack(
    deps,
    actor,
    { home: found.home_id, handle, secret, by: 'recovery-code' },
    input.newPassphrase,
  );
}
