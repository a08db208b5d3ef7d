import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { NODE_HOME } from '../parties/index.ts';
import type { MovingDeps } from './deps.ts';
import { arrivalView, type Move } from './model.ts';
import { getInvitation, MOVES, updateInvitation } from './store.ts';

export const WithdrawInvitation = z.strictObject({ id });

/** Nobody can come with it any more, and a copy that came with it is removed. Fails with `invitation-over`. */
export async function withdrawInvitation(
  deps: MovingDeps,
  _actor: Actor,
  input: z.output<typeof WithdrawInvitation>,
): Promise<Result<Move>> {
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const before = ['invited', 'receiving', 'checking', 'arrived'] as const;
    const change = { state: 'cancelled', changed_at: deps.clock.now() } as const;
    const isDone = await updateInvitation(tx, input.id, before, change);
    const row = isDone ? await getInvitation(tx, input.id) : undefined;
    tx.wake(MOVES);
    if (row) return ok(arrivalView(row));
    return fail(
      'invitation-over',
      'That invitation is over, or what came with it has been handed over.',
      'Look at the list of invitations.',
    );
  });
}
