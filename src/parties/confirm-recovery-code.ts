import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import type { nothing } from '../kernel/schema.ts';
import { open } from '../kernel/sealing.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import type { PartyTables } from './model.ts';
import { formatRecoveryCode, readAsBase32 } from './secrets.ts';
import { getSecrets } from './store.ts';

export const ConfirmRecoveryCode = z.object({
  lastGroup: z.string().max(20).describe('The last group of the code, from your paper.'),
});

/**
 * Says that the code is on paper, by its last group; from then on the node keeps no copy. Fails with
 * `recovery-code-gone` and `recovery-group-wrong`.
 */
export async function confirmRecoveryCode(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ConfirmRecoveryCode>,
): Promise<Result<z.output<typeof nothing>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const secrets = await getSecrets(tx, tx.home);
    assert(secrets, 'an acting party has secrets');
    if (secrets.recovery_code === null) {
      return fail('recovery-code-gone', 'This code was confirmed before.', 'There is nothing left to do.');
    }
    const code = open(deps.nodeKey, secrets.recovery_code, `recovery-code|${tx.home}`);
    assert(code, 'a waiting recovery code opens with the node key');
    if (formatRecoveryCode(code).split('-').at(-1) !== readAsBase32(input.lastGroup)) {
      return fail('recovery-group-wrong', 'That is not the last group of your code.', 'Look at your paper.', {
        lastGroup: 'This is not it.',
      });
    }
    await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set({ recovery_shown_at: deps.clock.now(), recovery_code: null })
      .where('home_id', '=', tx.home)
      .execute();
    tx.wake(`changed:${tx.home}`);
    return ok({});
  });
}
