import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { type DeviceTables, type PasskeyView, passkeyName } from './model.ts';

export const RenamePasskey = z.object({ id, name: passkeyName });

/** Gives a passkey of mine another name, for me alone. Fails with `passkey-unknown`. */
export async function renamePasskey(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RenamePasskey>,
): Promise<Result<z.output<typeof PasskeyView>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const [done] = await tables<DeviceTables>(tx)
      .updateTable('passkeys')
      .set({ name: input.name })
      .where('home_id', '=', tx.home)
      .where('id', '=', input.id)
      .execute();
    if ((done?.numUpdatedRows ?? 0n) === 0n) return passkeyUnknown();
    tx.wake(`changed:${tx.home}`);
    return ok({ id: input.id, name: input.name });
  });
}

export function passkeyUnknown() {
  return fail('passkey-unknown', 'You have no such passkey.', 'Look at the list of your devices.');
}
