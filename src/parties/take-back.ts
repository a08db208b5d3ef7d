import type { HomeId } from '../kernel/ids.ts';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { clearAttempts } from './attempts.ts';
import { insertCommitments, missingCommitments } from './commitments.ts';
import type { Party, PartyTables } from './model.ts';
import { wrapWithPassphrase } from './secrets.ts';
import { endBrowserSessions } from './sessions.ts';
import { refuseForm } from './split.ts';
import { getSecrets, isOnTheMove } from './store.ts';
import { partyView } from './view.ts';
import { noteWay } from './way-times.ts';

interface Opened {
  readonly home: HomeId;
  readonly handle: string;
  readonly secret: Uint8Array;
  /** The paper that opened it; a passkey notes its use itself. */
  readonly by?: 'recovery-code' | 'recovery-shares';
}

/**
 * Wraps the secret of a party that was opened otherwise than by its passphrase under a new one, and signs its owner out of
 * every other browser. Fails with `party-moving`, and as `refuseForm` does.
 */
export async function takeBack(
  deps: BaseDeps,
  actor: Actor,
  { home, handle, secret, by }: Opened,
  newPassphrase: string,
): Promise<Result<Party>> {
  if (await deps.storage.read((view) => isOnTheMove(view, home))) {
    return fail(
      'party-moving',
      'This party is on its way from one node to another. Its passphrase stays until it is there.',
      'Recover it on the node that is in use when the move is over.',
    );
  }
  const before = await deps.storage.read((view) => getSecrets(view, home));
  const unfit = refuseForm(before, newPassphrase);
  if (unfit) return unfit;
  const wrapped = await wrapWithPassphrase(secret, newPassphrase, home, deps);
  const commitments = await missingCommitments(deps, home, secret);
  const party = await deps.storage.transact(home, async (tx) => {
    // A vault may have begun meanwhile; what it begins with is never undone.
    const late = refuseForm(await getSecrets(tx, home), newPassphrase);
    if (late) return late;
    await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set(wrapped)
      .where('home_id', '=', home)
      .execute();
    const now = deps.clock.now();
    await noteWay(tx, 'passphrase', 'made', now);
    if (by) await noteWay(tx, by, 'used', now);
    await insertCommitments(tx, commitments);
    return ok(await partyView(tx, home));
  });
  if (!party.ok) return party;
  await clearAttempts(deps, actor, handle);
  await endBrowserSessions(deps, home, actor.session);
  return party;
}
