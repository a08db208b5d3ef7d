import {
  acceptNone,
  acceptVault,
  NOTHING,
  type SetBack,
  setBackTo,
  shownOther,
} from '../../../../device/index.ts';
import { fail, ok, type Result } from '../../../kernel/result.ts';
import type { DeviceDeps, Reach } from './acts.ts';

interface Accepting extends Reach {
  readonly shown?: string | undefined;
}

interface Accepted {
  readonly missing?: number;
  readonly ways: { name: string }[];
  readonly next?: string;
}

const FORGOTTEN =
  'This device has forgotten what was sealed. The passphrase from before it opens the party again, and begin-sealing begins anew.';

/**
 * Whoever knows that a backup was put back goes on from it: what this device has seen since is not asked for any more. The first
 * time it tells what would be missing, and changes nothing; the answer to that names what was shown, and holds for no other.
 */
export async function accept(
  { s, whose, secrets }: DeviceDeps,
  _: unknown,
  { passphraseFile, shown }: Accepting,
): Promise<Result<Accepted>> {
  const now = await setBackTo(s, whose);
  if (!now.ok) return now;
  if (shown === undefined) return missingUnseen(now.value);
  if (shown !== now.value.shown) return shownOther();
  if (shown === NOTHING) {
    await acceptNone(s, whose);
    return ok({ ways: [], next: FORGOTTEN });
  }
  const passphrase = await secrets.read('Passphrase', passphraseFile, 'passphrase-file');
  if (!passphrase.ok) return passphrase;
  const vault = await acceptVault(s, whose, { passphrase: passphrase.value }, shown);
  if (!vault.ok) return vault;
  const ways = vault.value.ways();
  vault.value.close();
  const { missing } = now.value;
  return ok({ ...(missing !== undefined && { missing }), ways });
}

function missingUnseen(now: SetBack): Result<never> {
  return fail(
    'missing-unseen',
    `${whatIsShown(now)} Nothing was changed.`,
    `If you know from whoever runs the node that this is right, go on from it with --shown ${now.shown} (what is missing is gone then).`,
  );
}

function whatIsShown({ shown, missing, isAfterNone }: SetBack): string {
  if (shown === NOTHING) return 'The node shows none of your sealed data.';
  if (isAfterNone)
    return 'You agreed on this device that nothing of yours is sealed, and now the node shows sealed data; this device cannot tell from when.';
  if (missing === undefined)
    return 'The node shows no fewer changes of your sealed data than this device has seen, though perhaps others.';
  const changes = missing === 1 ? '1 change' : `${missing} changes`;
  return `The node shows your sealed data as it was ${changes} ago.`;
}
