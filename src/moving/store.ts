import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { open } from '../kernel/sealing.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { InvitationRow, InvitationState, MoveRow, MoveState, MovingTables } from './tables.ts';

/** Wakes the mover after a commit. */
export const MOVES = 'moves';

export const secretContext = (move: string): string => `move-secret|${move}`;

/** The secret of a move, as it is needed. */
export function secretOf(nodeKey: Uint8Array, row: { id: string; secret: Uint8Array | null }): Uint8Array {
  const secret = row.secret && open(nodeKey, row.secret, secretContext(row.id));
  assert(secret, 'a move under way has its secret, sealed under this node’s key');
  return secret;
}

/** The moves of a home, newest first. */
export async function movesOf(view: View, home: HomeId): Promise<MoveRow[]> {
  return tables<MovingTables>(view)
    .selectFrom('moves')
    .selectAll()
    .where('home_id', '=', home)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function getMove(view: View, home: HomeId, id: string): Promise<MoveRow | undefined> {
  return tables<MovingTables>(view)
    .selectFrom('moves')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertMove(tx: Tx, row: Omit<MoveRow, 'home_id'>): Promise<void> {
  await tables<MovingTables>(tx)
    .insertInto('moves')
    .values({ home_id: tx.home, ...row })
    .execute();
}

/** Changes a move that is still in one of these states; false when it has gone on meanwhile. */
export async function updateMove(
  tx: Tx,
  id: string,
  from: readonly MoveState[],
  change: Partial<MoveRow>,
): Promise<boolean> {
  const [done] = await tables<MovingTables>(tx)
    .updateTable('moves')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .where('state', 'in', from)
    .execute();
  return (done?.numUpdatedRows ?? 0n) > 0n;
}

/** Moves of everybody here for which something is to be done now. */
export async function dueMoves(view: View, now: Instant): Promise<MoveRow[]> {
  return tables<MovingTables>(view)
    .selectFrom('moves')
    .selectAll()
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(20)
    .execute();
}

export async function getInvitation(view: View, id: string): Promise<InvitationRow | undefined> {
  return tables<MovingTables>(view)
    .selectFrom('move_invitations')
    .selectAll()
    .where('home_id', '=', NODE_HOME)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function invitationsIn(
  view: View,
  states: readonly InvitationState[],
): Promise<InvitationRow[]> {
  return tables<MovingTables>(view)
    .selectFrom('move_invitations')
    .selectAll()
    .where('home_id', '=', NODE_HOME)
    .where('state', 'in', states)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
}

/** Another invitation by which this party is on its way here: a copy of it may be the only one that may act. */
export async function isComing(view: View, party: HomeId, butFor?: string): Promise<boolean> {
  const rows = await invitationsIn(view, ['receiving', 'checking', 'arrived', 'handed-over']);
  return rows.some((row) => row.party === party && row.id !== butFor);
}

/** Changes an invitation that is still in one of these states; the transaction is the node's. */
export async function updateInvitation(
  tx: Tx,
  id: string,
  from: readonly InvitationState[],
  change: Partial<InvitationRow>,
): Promise<boolean> {
  assert(tx.home === NODE_HOME, 'invitations are the node’s');
  const [done] = await tables<MovingTables>(tx)
    .updateTable('move_invitations')
    .set(change)
    .where('home_id', '=', NODE_HOME)
    .where('id', '=', id)
    .where('state', 'in', from)
    .execute();
  return (done?.numUpdatedRows ?? 0n) > 0n;
}
