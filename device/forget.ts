import { fail, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { forgetVault } from './accept.ts';
import { askHow } from './node.ts';
import { isNoneAgreed } from './none.ts';
import { isSplit } from './passphrase.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Forgets that the passphrase of this handle stays on devices, so that somebody may begin anew under it. Fails with
 * `handle-not-remembered`, and with `vault-there` while the node shows sealed data of it.
 */
export async function forgetHandle(s: Surroundings, handle: string): Promise<Result<Record<string, never>>> {
  if (!(await isSplit(s, handle)) && !(await isNoneAgreed(s, { handle }))) {
    return fail(
      'handle-not-remembered',
      'This device remembers nobody of that name at this node.',
      'Look at how the name is written, which node --data names, and what the party was called before: each name is forgotten by itself. A party that is there, and from before it sealed anything, is one for accept-sealed.',
    );
  }
  const how = await askHow(s, handle);
  if (isFailure(how)) return how;
  if (how.value.how === 'here') {
    return fail(
      'vault-there',
      'The party of that name has sealed data at this node, so nothing was forgotten.',
      'Remove the party first; that forgets it too.',
    );
  }
  await forgetVault(s, { handle });
  return ok({});
}
