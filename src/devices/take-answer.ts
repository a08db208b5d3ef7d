import { fromBase64url, hashId } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { clearAttempts, countAttempt, getPartyRow } from '../parties/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { type Asking, spendChallenge } from './challenges.ts';
import type { DeviceTables, PasskeyAnswer, PasskeyRow } from './model.ts';
import { countsOn } from './rules.ts';
import { unwrapWithPasskey } from './secrets.ts';
import { getPasskey } from './store.ts';
import { verifySigned } from './verify.ts';

interface Answered {
  readonly row: PasskeyRow;
  /** The party's secret; undefined when this passkey cannot open it, or did not. */
  readonly secret: Uint8Array | undefined;
}

/** Before the names of counts: no handle has a slash. */
const TRIED = 'passkey/';

/**
 * Takes what a passkey of this home answered to a challenge. Whatever is wrong with it has one answer: `passkey-refused`.
 * Fails with `passkey-copied` and `too-many-attempts` too.
 */
export async function takeAnswer(
  deps: BaseDeps,
  home: HomeId | undefined,
  { signed, opener }: PasskeyAnswer,
  asking: Asking,
): Promise<Result<Answered>> {
  const credential = fromBase64url(signed.id);
  const found = await deps.storage.read(async (view) => {
    if (home === undefined || credential === undefined) return undefined;
    const row = await getPasskey(view, home, hashId(credential));
    const party = row && (await getPartyRow(view, home));
    return party && { row, party };
  });
  const tried = TRIED + (found?.party.handle ?? '');
  const counted = await countAttempt(deps, asking.actor, tried);
  if (counted) return counted;
  const challenge = await spendChallenge(deps, signed.clientDataJSON, asking);
  if (challenge === undefined || !found) return refused();
  const { row } = found;
  const verified = await verifySigned(signed, challenge, asking.site, row);
  if (!verified) return refused();
  if (!countsOn(row.counter, verified.counter)) return copied();
  const secret = opened(row, opener);
  // It gave a key, and this opens nothing: something stands between the passkey and us.
  if (opener !== undefined && row.wrapped !== null && !secret) return refused();
  if (!(await noteUse(deps, row, verified))) return refused();
  await clearAttempts(deps, asking.actor, tried);
  return ok({ row, secret });
}

function opened(row: PasskeyRow, opener: string | undefined): Uint8Array | undefined {
  const octets = opener === undefined ? undefined : fromBase64url(opener);
  return octets?.length === 32 && row.wrapped !== null
    ? unwrapWithPasskey(row.wrapped, octets, row.home_id, row.id)
    : undefined;
}

/** False when the passkey is gone meanwhile, or has signed something else with the same count. */
async function noteUse(
  deps: BaseDeps,
  row: PasskeyRow,
  { counter, isSynced }: { readonly counter: number; readonly isSynced: boolean },
): Promise<boolean> {
  return deps.storage.transact(row.home_id, async (tx) => {
    const [done] = await tables<DeviceTables>(tx)
      .updateTable('passkeys')
      .set({ counter, is_synced: isSynced, used_at: deps.clock.now() })
      .where('home_id', '=', row.home_id)
      .where('id', '=', row.id)
      .where('counter', '=', row.counter)
      .execute();
    return (done?.numUpdatedRows ?? 0n) > 0n;
  });
}

function refused(): Failure {
  return fail(
    'passkey-refused',
    'That passkey was not accepted here.',
    'Ask for it once more, or use your passphrase.',
  );
}

function copied(): Failure {
  return fail(
    'passkey-copied',
    'This passkey has counted backwards, as a copy of it would. It was not accepted.',
    'Sign in another way, and remove it under Devices.',
  );
}
