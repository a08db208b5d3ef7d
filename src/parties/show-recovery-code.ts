import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { open, seal } from '../kernel/sealing.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { clearAttempts, countAttempt } from './attempts.ts';
import type { PartyTables, SecretsRow } from './model.ts';
import { formatRecoveryCode, unwrapWithPassphrase, wrapWithRecovery } from './secrets.ts';
import { getPartyRow, getSecrets } from './store.ts';
import { noteWay } from './way-times.ts';

export const ShowRecoveryCode = z.object({
  passphrase: z
    .string()
    .max(LIMITS.passphraseMaxChars)
    .optional()
    .describe('Needed only to make a new code once the first has been written down.'),
});
export const RecoveryCode = z.object({
  /** 26 letters and digits in groups of four; the last group has two. */
  code: z.string(),
  /** True when an earlier code was written down; it no longer works. */
  shownBefore: z.boolean(),
});

/**
 * The code that opens my party when the passphrase is lost. It can be looked at until it is confirmed as written down;
 * after that only a new one can be made, with the passphrase. Fails with `recovery-code-gone`, `passphrase-wrong`.
 */
export async function showRecoveryCode(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowRecoveryCode>,
): Promise<Result<z.output<typeof RecoveryCode>>> {
  const secrets = await deps.storage.read((view) => getSecrets(view, actor.home));
  assert(secrets, 'an acting party has secrets');
  if (secrets.recovery_code !== null) {
    const code = open(deps.nodeKey, secrets.recovery_code, `recovery-code|${actor.home}`);
    assert(code, 'a waiting recovery code opens with the node key');
    return ok({ code: formatRecoveryCode(code), shownBefore: false });
  }
  if (input.passphrase === undefined) {
    return fail(
      'recovery-code-gone',
      'Your recovery code was written down, and is not kept here.',
      'Look at your paper, or give your passphrase to make a new code.',
    );
  }
  return renewCode(deps, actor, secrets, input.passphrase);
}

async function renewCode(
  deps: BaseDeps,
  actor: PartyActor,
  secrets: SecretsRow,
  passphrase: string,
): Promise<Result<z.output<typeof RecoveryCode>>> {
  const home = secrets.home_id;
  const party = await deps.storage.read((view) => getPartyRow(view, home));
  assert(party, 'an acting party has a row');
  const counted = await countAttempt(deps, actor, party.handle);
  if (counted) return counted;
  const secret = await unwrapWithPassphrase(secrets, passphrase);
  if (!secret) return fail('passphrase-wrong', 'That is not your passphrase.', 'Try again.');
  await clearAttempts(deps, actor, party.handle);
  const code = deps.random.bytes(16);
  await deps.storage.transact(home, async (tx) => {
    await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set({
        recovery_wrapped: wrapWithRecovery(secret, code, home, deps.random),
        recovery_shown_at: null,
        recovery_code: seal(deps.nodeKey, code, `recovery-code|${home}`, deps.random),
      })
      .where('home_id', '=', home)
      .execute();
    await noteWay(tx, 'recovery-code', 'made', deps.clock.now());
    tx.wake(`changed:${home}`);
  });
  return ok({ code: formatRecoveryCode(code), shownBefore: true });
}
