import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import type { PartyTables, SecretsRow } from './model.ts';
import { wrapWithRecovery, wrapWithSplit } from './secrets.ts';
import { passphraseStaysHere, readSplitCode, readSplitPassphrase, type SplitPassphrase } from './split.ts';
import { noteWay } from './way-times.ts';

/** A party's secret under what its devices make of a passphrase and of a recovery code. */
type OnDevices = Pick<SecretsRow, 'wrapped' | 'salt' | 'cost' | 'recovery_wrapped'>;

/** What devices make of a passphrase and of a recovery code, as it was sent. */
interface Halves {
  readonly passphrase: SplitPassphrase;
  readonly recovery: Uint8Array;
}

/** Reads both. Fails with `passphrase-stays-here` and `recovery-code-stays-here` when one of the two came as it is. */
export function readHalves(passphrase: string, recovery: string): Result<Halves> {
  const split = readSplitPassphrase(passphrase);
  if (!split) return passphraseStaysHere();
  const key = readSplitCode(recovery);
  return key ? ok({ passphrase: split, recovery: key }) : codeStaysHere();
}

/** Wraps a secret for a party whose passphrase and recovery code stay on its devices from now on. */
export function wrapForDevices(
  deps: BaseDeps,
  home: string,
  secret: Uint8Array,
  { passphrase, recovery }: Halves,
): OnDevices {
  return {
    ...wrapWithSplit(secret, passphrase, home, deps.random),
    recovery_wrapped: wrapWithRecovery(secret, recovery, home, deps.random),
  };
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
