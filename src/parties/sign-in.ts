import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import { passphraseKey } from '../kernel/sealing.ts';
import type { BaseDeps } from '../storage/index.ts';
import { clearAttempts, countAttempt } from './attempts.ts';
import { insertCommitments, missingCommitments } from './commitments.ts';
import type { Party } from './model.ts';
import { appointFirstOperator } from './operators.ts';
import { unwrapWithPassphrase } from './secrets.ts';
import { getSecrets, homeOfHandle } from './store.ts';
import { partyView } from './view.ts';
import { noteWay } from './way-times.ts';

export const SignIn = z.object({ handle, passphrase: z.string().max(LIMITS.passphraseMaxChars) });

/**
 * Opens the party's secret with the passphrase and prepares identities for the time ahead. The answer to an unknown
 * handle and to a wrong passphrase is the same: `sign-in-refused`. Fails with `too-many-attempts` for a while.
 */
export async function signIn(
  deps: BaseDeps,
  actor: Actor,
  input: z.output<typeof SignIn>,
): Promise<Result<Party>> {
  const counted = await countAttempt(deps, actor, input.handle);
  if (counted) return counted;
  const found = await deps.storage.read(async (view) => {
    const home = await homeOfHandle(view, input.handle);
    return home === undefined ? undefined : getSecrets(view, home);
  });
  // An unknown handle takes as long as a wrong passphrase, so that the time does not tell who lives here.
  if (!found) await passphraseKey(input.passphrase, deps.random.bytes(16), deps.passphraseCost);
  const secret = found && (await unwrapWithPassphrase(found, input.passphrase));
  if (!found || !secret) {
    return fail(
      'sign-in-refused',
      'That name and passphrase do not go together.',
      'Try again, or use the recovery code.',
    );
  }
  await clearAttempts(deps, actor, input.handle);
  // A crash between making the first party and appointing it leaves nobody to run the node.
  await appointFirstOperator(deps, found.home_id);
  const commitments = await missingCommitments(deps, found.home_id, secret);
  return deps.storage.transact(found.home_id, async (tx) => {
    await insertCommitments(tx, commitments);
    await noteWay(tx, 'passphrase', 'used', deps.clock.now());
    return ok(await partyView(tx, found.home_id));
  });
}
