import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import type { PartyTables, SecretsRow } from './model.ts';
import { wrapWithPassphrase, wrapWithRecovery } from './secrets.ts';
import { passphraseStaysHere, readSplitCode, readSplitPassphrase } from './split.ts';
import { noteWay } from './way-times.ts';

/** A party's secret under what its devices make of a passphrase and of a recovery code. */
type OnDevices = Pick<SecretsRow, 'wrapped' | 'salt' | 'cost' | 'recovery_wrapped'>;

/**
 * Wraps a secret for a party whose passphrase and recovery code stay on its devices from now on. Fails with
 * `passphrase-stays-here` and `recovery-code-stays-here` when one of the two came as it is.
 */
export async function wrapForDevices(
  deps: BaseDeps,
  home: string,
  secret: Uint8Array,
  given: { readonly passphrase: string; readonly recovery: string },
): Promise<Result<OnDevices>> {
  if (!readSplitPassphrase(given.passphrase)) return passphraseStaysHere();
  const key = readSplitCode(given.recovery);
  if (!key) return codeStaysHere();
  const wrapped = await wrapWithPassphrase(secret, given.passphrase, home, deps.random);
  return ok({ ...wrapped, recovery_wrapped: wrapWithRecovery(secret, key, home, deps.random) });
}

/** Keeps that in the place of what was there when the secret was opened. Fails with `passphrase-changed`. */
export async function keepForDevices(
  tx: Tx,
  deps: BaseDeps,
  before: Pick<SecretsRow, 'wrapped'>,
  wrapped: OnDevices,
): Promise<Failure | undefined> {
  const now = deps.clock.now();
  const [done] = await tables<PartyTables>(tx)
    .updateTable('party_secrets')
    .set({ ...wrapped, recovery_shown_at: now, recovery_code: null })
    .where('home_id', '=', tx.home)
    .where('wrapped', '=', before.wrapped)
    .execute();
  if ((done?.numUpdatedRows ?? 0n) === 0n) {
    return fail('passphrase-changed', 'The passphrase was changed elsewhere meanwhile.', 'Begin again.');
  }
  await noteWay(tx, 'passphrase', 'made', now);
  await noteWay(tx, 'recovery-code', 'made', now);
  return undefined;
}

export function codeStaysHere(): Failure {
  return fail(
    'recovery-code-stays-here',
    'Your recovery code opens what only your devices may read, so a device makes it and this node never sees it. Nothing was changed.',
    'Use a page or a command line of this version.',
  );
}
