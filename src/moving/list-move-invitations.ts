import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { NODE_HOME } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';
import { arrivalView, Move } from './model.ts';
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
