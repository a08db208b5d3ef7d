import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { endSessionsOfPasskey } from '../parties/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import type { DeviceTables } from './model.ts';
import { passkeyUnknown } from './rename-passkey.ts';

export const RemovePasskey = z.object({
  id,
  signOut: z
    .boolean()
    .default(false)
    .describe('Sign out the browsers that came in with it, this one too if it did.'),
});
export const PasskeyRemoved = z.object({ endedSessions: z.int().min(0) });

/**
 * Takes a passkey away: it opens nothing here any more. Asks for nothing more than being signed in, because it lets nobody
 * in, and whoever has lost a device is in a hurry. The passphrase always stays, so it is never the last way
 * (docs/decisions/0016). Fails with `passkey-unknown`.
 */
export async function removePasskey(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RemovePasskey>,
): Promise<Result<z.output<typeof PasskeyRemoved>>> {
  const removed = await deps.storage.transact(actor.home, async (tx) => {
    const [done] = await tables<DeviceTables>(tx)
      .deleteFrom('passkeys')
      .where('home_id', '=', tx.home)
      .where('id', '=', input.id)
      .execute();
    if ((done?.numDeletedRows ?? 0n) === 0n) return passkeyUnknown();
    tx.wake(`changed:${tx.home}`);
    return ok({});
  });
  if (!removed.ok) return removed;
  return ok({ endedSessions: input.signOut ? await endSessionsOfPasskey(deps, actor.home, input.id) : 0 });
}
