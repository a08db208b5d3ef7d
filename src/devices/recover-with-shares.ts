import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import { countAttempt, homeOfHandle, type Party, passphrase, takeBack } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { DEVICE_LIMITS } from './limits.ts';
import { areTheSame, readShare, unwrapWithShares } from './shares.ts';
import { getShares } from './store.ts';

const share = z.string().max(DEVICE_LIMITS.shareChars);

export const RecoverWithShares = z.object({
  handle,
  first: share.describe('One share, from its paper.'),
  second: share.describe('Another one of the same three.'),
  newPassphrase: passphrase.describe('The passphrase from now on.'),
});

/**
 * Opens my party with two of its three shares and wraps its secret under a new passphrase; every other browser is signed
 * out. What is wrong with the paper itself is said (`share-misread`, `shares-alike`, `shares-apart`), since that tells
 * nothing of this node; whether they are in force is not: `recovery-refused`. Fails with `too-many-attempts` and
 * `party-moving`.
 */
export async function recoverWithShares(
  deps: BaseDeps,
  actor: Actor,
  input: z.output<typeof RecoverWithShares>,
): Promise<Result<z.output<typeof Party>>> {
  const first = readShare(input.first);
  if (!first) return misread('first');
  const second = readShare(input.second);
  if (!second) return misread('second');
  if (first.set !== second.set) {
    return fail(
      'shares-apart',
      'These two are of different sets: only two that were made together open anything.',
      'Compare the first group of both papers; it must be the same.',
    );
  }
  if (areTheSame(first, second)) {
    return fail('shares-alike', 'This is one share twice.', 'Type the share of another person.', {
      second: 'This is the same share as the first.',
    });
  }
  const counted = await countAttempt(deps, actor, input.handle);
  if (counted) return counted;
  const found = await deps.storage.read(async (view) => {
    const home = await homeOfHandle(view, input.handle);
    return home === undefined ? undefined : getShares(view, home);
  });
  const secret = found && (await unwrapWithShares(found.wrapped, found.home_id, [first, second]));
  if (!found || !secret) {
    return fail(
      'recovery-refused',
      'That name and these shares do not go together, or newer shares have been made since.',
      'Look whether the shares are the newest ones.',
    );
  }
  return takeBack(
    deps,
    actor,
    { home: found.home_id, handle: input.handle, secret, by: 'recovery-shares' },
    input.newPassphrase,
  );
}

function misread(which: 'first' | 'second') {
  return fail(
    'share-misread',
    'A share is not as it was printed: a letter is missing or wrong.',
    'Compare every group with the paper.',
    { [which]: 'There is a slip in this one.' },
  );
}
