import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { NODE_HOME } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';
import { arrivalView, Move, moveView } from './model.ts';
import { movesOf } from './store.ts';
import type { MovingTables } from './tables.ts';

export const ShowMove = z.strictObject({});
export const MoveShown = z.object({
  /** The newest move of mine, away or here; absent when I never moved. */
  move: Move.optional(),
  /** Those before it, newest first. */
  earlier: z.array(Move),
});

/** Where my move stands, on whichever of the two nodes I ask. */
export async function showMove(
  deps: MovingDeps,
  actor: PartyActor,
  _input: z.output<typeof ShowMove>,
): Promise<Result<z.output<typeof MoveShown>>> {
  const { moves, coming } = await deps.storage.read(async (view) => ({
    moves: await movesOf(view, actor.home),
    coming: await tables<MovingTables>(view)
      .selectFrom('move_invitations')
      .selectAll()
      .where('home_id', '=', NODE_HOME)
      .where('party', '=', actor.home)
      .where('state', 'in', ['receiving', 'checking', 'arrived', 'handed-over'])
      .orderBy('changed_at', 'desc')
      .execute(),
  }));
  const taken = new Set(moves.map((row) => row.id));
  // Taking it back is for the node it comes from, or for the one who runs this one.
  const arrivals = coming
    .filter((row) => !taken.has(row.id))
    .map((row) => ({ ...arrivalView(row), mayCancel: false }));
  const all = [...arrivals, ...moves.map(moveView)];
  const [move, ...earlier] = all;
  return ok({ ...(move && { move }), earlier });
}
