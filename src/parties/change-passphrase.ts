import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { clearAttempts, countAttempt } from './attempts.ts';
import { type PartyTables, passphrase } from './model.ts';
import { countOtherWays } from './other-ways.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './secrets.ts';
import { endBrowserSessions } from './sessions.ts';
import { refuseForm } from './split.ts';
import { getPartyRow, getSecrets } from './store.ts';
import { noteWay } from './way-times.ts';

export const ChangePassphrase = z.object({
  old: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase until now.'),
  new: passphrase.describe('The passphrase from now on.'),
});
export const PassphraseChanged = z.object({
  endedSessions: z.int().min(0),
  /** What still opens my party or acts for me: passkeys, recovery code, shares, programs' tokens. */
  otherWays: z.int().min(1),
});

/**
 * Wraps my secret under another passphrase and signs me out of every other browser. Every other way in stays, and
 * programs' tokens too: the answer says how many there are, since whoever knew the passphrase may have made them.
 * Fails with `passphrase-wrong`, `too-many-attempts`, and as `refuseForm` does.
 */
export async function changePassphrase(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ChangePassphrase>,
): Promise<Result<z.output<typeof PassphraseChanged>>> {
  const { party, secrets } = await deps.storage.read(async (view) => ({
    party: await getPartyRow(view, actor.home),
    secrets: await getSecrets(view, actor.home),
  }));
  assert(party && secrets, 'an acting party has a row and secrets');
  const counted = await countAttempt(deps, actor, party.handle);
  if (counted) return counted;
  const secret = await unwrapWithPassphrase(secrets, input.old);
  if (!secret) {
    return fail('passphrase-wrong', 'That is not the passphrase until now.', 'Try again.', {
      old: 'This is not it.',
    });
  }
  const unfit = refuseForm(secrets, input.new);
  if (unfit) return unfit;
  const wrapped = await wrapWithPassphrase(secret, input.new, actor.home, deps);
  const changed = await deps.storage.transact(actor.home, async (tx) => {
    const [done] = await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set(wrapped)
      .where('home_id', '=', tx.home)
      .where('wrapped', '=', secrets.wrapped)
      .execute();
    if ((done?.numUpdatedRows ?? 0n) === 0n) {
      return fail('passphrase-changed', 'The passphrase was changed elsewhere meanwhile.', 'Begin again.');
    }
    await noteWay(tx, 'passphrase', 'made', deps.clock.now());
    return ok({});
  });
  if (!changed.ok) return changed;
  await clearAttempts(deps, actor, party.handle);
  const endedSessions = await endBrowserSessions(deps, actor.home, actor.session);
  const now = deps.clock.now();
  const otherWays = await deps.storage.read((view) => countOtherWays(view, actor.home, now));
  return ok({ endedSessions, otherWays });
}
