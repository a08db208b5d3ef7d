import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { cancelIn } from './advance.ts';
import type { MovingDeps } from './deps.ts';
import { type Move, moveView } from './model.ts';
import { getMove, movesOf } from './store.ts';

export const CancelMove = z.strictObject({});

/**
 * Takes the move back, before the hand-over: I act from this node again at once, and the other one removes its copy. Fails
 * with `move-none` and, once handed over, with `move-too-late`.
 */
export async function cancelMove(
  deps: MovingDeps,
  actor: PartyActor,
  _input: z.output<typeof CancelMove>,
): Promise<Result<Move>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const newest = (await movesOf(tx, tx.home)).find((row) => !row.is_in);
    if (!newest || newest.state === 'cancelled' || newest.state === 'forgotten') {
      return fail('move-none', 'You are not moving.', 'Nothing is to be cancelled.');
    }
    const isDone = await cancelIn(tx, deps, newest.id, ['packing', 'sending'], null);
    const row = isDone ? await getMove(tx, tx.home, newest.id) : undefined;
    if (row) return ok(moveView(row));
    return fail(
      'move-too-late',
      `${newest.host} has everything and may act for you; this node may not any more.`,
      'Take yourself into use there. To come back, move from there to here.',
    );
  });
}
