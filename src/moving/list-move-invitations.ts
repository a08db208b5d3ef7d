import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { NODE_HOME } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';
import { arrivalView, Move } from './model.ts';
import { getInvitation, MOVES, updateInvitation } from './store.ts';
import type { MovingTables } from './tables.ts';

const SHOWN = 100;

export const ListInvitations = z.strictObject({});
export const InvitationList = z.object({ rows: z.array(Move) });

/** What this node has let come, newest first: the last hundred. */
export async function listInvitations(
  deps: MovingDeps,
  _actor: Actor,
  _input: z.output<typeof ListInvitations>,
): Promise<Result<z.output<typeof InvitationList>>> {
  const rows = await deps.storage.read((view) =>
    tables<MovingTables>(view)
      .selectFrom('move_invitations')
      .selectAll()
      .where('home_id', '=', NODE_HOME)
      .orderBy('made_at', 'desc')
      .orderBy('id')
      .limit(SHOWN)
      .execute(),
  );
  return ok({ rows: rows.map(arrivalView) });
}

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
