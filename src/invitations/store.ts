import { sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { InvitationRow, InvitationTables } from './model.ts';

export async function findInvitation(
  view: View,
  home: HomeId,
  id: string,
): Promise<InvitationRow | undefined> {
  return tables<InvitationTables>(view)
    .selectFrom('invitations')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function getInvitation(view: View, home: HomeId, id: string): Promise<Result<InvitationRow>> {
  const row = await findInvitation(view, home, id);
  return row
    ? ok(row)
    : fail('invitation-unknown', 'There is no such invitation.', 'Look at the list of invitations.');
}

export async function insertInvitation(tx: Tx, row: Omit<InvitationRow, 'home_id'>): Promise<void> {
  await tables<InvitationTables>(tx)
    .insertInto('invitations')
    .values({ home_id: tx.home, ...row })
    .execute();
}

export async function updateInvitation(
  tx: Tx,
  id: string,
  change: Pick<InvitationRow, 'state'> & Partial<Pick<InvitationRow, 'relationship'>>,
): Promise<void> {
  await tables<InvitationTables>(tx)
    .updateTable('invitations')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** An invitation of mine, if it is one, has been answered. */
export async function spendInvitation(tx: Tx, id: string, relationship: string): Promise<void> {
  await updateInvitation(tx, id, { state: 'taken', relationship });
}

export async function countOpen(view: View, home: HomeId, now: Instant): Promise<number> {
  const { total } = await tables<InvitationTables>(view)
    .selectFrom('invitations')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('state', '=', 'open')
    .where('until_at', '>', now)
    .executeTakeFirstOrThrow();
  return total;
}

interface InvitationPage {
  readonly after?: readonly [madeAt: number, id: string] | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function pageInvitations(
  view: View,
  home: HomeId,
  page: InvitationPage,
): Promise<InvitationRow[]> {
  let query = tables<InvitationTables>(view)
    .selectFrom('invitations')
    .selectAll()
    .where('home_id', '=', home);
  if (page.after) query = query.where(sql<boolean>`(made_at, id) < (${page.after[0]}, ${page.after[1]})`);
  return query.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}
