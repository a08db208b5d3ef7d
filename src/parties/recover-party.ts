import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { clearAttempts, countAttempt } from './attempts.ts';
import { COMMITMENTS_AHEAD, prepareCommitments } from './create-party.ts';
import { type Party, type PartyTables, passphrase } from './model.ts';
import { parseRecoveryCode, unwrapWithRecovery, wrapWithPassphrase } from './secrets.ts';
import { endBrowserSessions } from './sessions.ts';
import { getSecrets, homeOfHandle, isOnTheMove } from './store.ts';
import { partyView } from './view.ts';

export const RecoverParty = z.object({
  handle,
  code: z.string().max(100).describe('The recovery code, from your paper.'),
  newPassphrase: passphrase.describe('The passphrase from now on.'),
});

/**
 * Opens my party with the recovery code and wraps its secret under a new passphrase; every other browser is signed out.
 * Unknown handle, malformed and wrong code have one answer: `recovery-refused`. Fails with
 * `too-many-attempts` and `party-moving`.
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
  const code = parseRecoveryCode(input.code);
  const secret = found && code && unwrapWithRecovery(found.recovery_wrapped, code, found.home_id);
  if (!found || !secret) {
    return fail(
      'recovery-refused',
      'That name and recovery code do not go together.',
      'Compare every group with your paper and try again.',
    );
  }
  const home = found.home_id;
  if (await deps.storage.read((view) => isOnTheMove(view, home))) {
    return fail(
      'party-moving',
      'This party is on its way from one node to another. Its passphrase stays until it is there.',
      'Recover it on the node that is in use when the move is over.',
    );
  }
  const wrapped = await wrapWithPassphrase(secret, input.newPassphrase, home, deps.random);
  const party = await deps.storage.transact(home, async (tx) => {
    await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set(wrapped)
      .where('home_id', '=', home)
      .execute();
    await prepareCommitments(tx, secret, COMMITMENTS_AHEAD);
    return ok(await partyView(tx, home));
  });
  await clearAttempts(deps, actor, input.handle);
  await endBrowserSessions(deps, home, actor.session);
  return party;
}
