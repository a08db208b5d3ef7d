import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { type InvitationView, invitationView } from './list-invitations.ts';
import { getInvitation, updateInvitation } from './store.ts';

export const WithdrawInvitation = z.object({ invitation: id });

/** Nobody can accept it any more. Fails with `invitation-unknown`, `invitation-spent`. */
export async function withdrawInvitation(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof WithdrawInvitation>,
): Promise<Result<z.output<typeof InvitationView>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getInvitation(tx, tx.home, input.invitation);
    if (!row.ok) return row;
    if (row.value.state === 'taken') {
      return fail('invitation-spent', 'Somebody has accepted this invitation.', 'Answer them, or end it.');
    }
    await updateInvitation(tx, row.value.id, { state: 'withdrawn' });
    return ok(invitationView({ ...row.value, state: 'withdrawn' }, deps.clock.now()));
  });
}
