import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { line } from '../kernel/schema.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import type { Party, PartyTables } from './model.ts';
import { partyView } from './view.ts';

export const RenameParty = z.object({ name: line.describe('The name you want to be called by.') });

/** Changes the name I am called by; the handle stays. */
export async function renameParty(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RenameParty>,
): Promise<Result<Party>> {
  return deps.storage.transact(actor.home, async (tx) => {
    await tables<PartyTables>(tx)
      .updateTable('parties')
      .set({ name: input.name })
      .where('home_id', '=', tx.home)
      .execute();
    tx.wake(`changed:${tx.home}`);
    return ok(await partyView(tx, tx.home));
  });
}
