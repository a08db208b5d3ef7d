import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { CounterpartRow, IdentityRow, PartyRow, PartyTables, SecretsRow } from './model.ts';
import { NODE_HOME } from './model.ts';

export async function getPartyRow(view: View, home: HomeId): Promise<PartyRow | undefined> {
  return tables<PartyTables>(view)
    .selectFrom('parties')
    .selectAll()
    .where('home_id', '=', home)
    .executeTakeFirst();
}

/** Whether a party is on its way from this node or to it: nothing of it may be taken away or changed meanwhile (moving/). */
export async function isOnTheMove(view: View, home: HomeId): Promise<boolean> {
  const db = tables<{
    moves: { home_id: string; state: string };
    move_invitations: { home_id: string; party: string; state: string };
  }>(view);
  const away = await db
    .selectFrom('moves')
    .select('state')
    .where('home_id', '=', home)
    .where('state', 'in', ['packing', 'sending', 'handed-over'])
    .executeTakeFirst();
  const coming = await db
    .selectFrom('move_invitations')
    .select('state')
    .where('home_id', '=', NODE_HOME)
    .where('party', '=', home)
    .where('state', 'in', ['checking', 'arrived'])
    .executeTakeFirst();
  if (away) return true;
  return coming !== undefined && (await getPartyRow(view, home))?.paused_at !== null;
}

export async function getSecrets(view: View, home: HomeId): Promise<SecretsRow | undefined> {
  return tables<PartyTables>(view)
    .selectFrom('party_secrets')
    .selectAll()
    .where('home_id', '=', home)
    .executeTakeFirst();
}

export async function homeOfHandle(view: View, handle: string): Promise<HomeId | undefined> {
  const row = await tables<PartyTables>(view)
    .selectFrom('handles')
    .select('party')
    .where('home_id', '=', NODE_HOME)
    .where('handle', '=', handle)
    .executeTakeFirst();
  return row?.party;
}

/** The position this identity takes in the derivation; each is used once. */
export async function takePosition(tx: Tx): Promise<number | undefined> {
  const row = await tables<PartyTables>(tx)
    .updateTable('parties')
    .set((e) => ({ next_position: e('next_position', '+', 1) }))
    .where('home_id', '=', tx.home)
    .returning('next_position')
    .executeTakeFirst();
  return row ? row.next_position - 1 : undefined;
}

/** The commitment made for a position while the owner's secret was open; undefined when the pool is used up. */
export async function commitmentFor(tx: Tx, position: number): Promise<string | undefined> {
  const row = await tables<PartyTables>(tx)
    .selectFrom('recovery_commitments')
    .select('commitment')
    .where('home_id', '=', tx.home)
    .where('position', '=', position)
    .executeTakeFirst();
  return row?.commitment;
}

export async function insertIdentity(tx: Tx, row: Omit<IdentityRow, 'home_id'>): Promise<void> {
  await tables<PartyTables>(tx)
    .insertInto('identities')
    .values({ home_id: tx.home, ...row })
    .execute();
}

export async function getIdentity(view: View, home: HomeId, id: string): Promise<IdentityRow | undefined> {
  return tables<PartyTables>(view)
    .selectFrom('identities')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function identityOfInbox(
  view: View,
  home: HomeId,
  inbox: string,
): Promise<IdentityRow | undefined> {
  return tables<PartyTables>(view)
    .selectFrom('identities')
    .selectAll()
    .where('home_id', '=', home)
    .where('inbox', '=', inbox)
    .executeTakeFirst();
}

export async function insertCounterpart(tx: Tx, row: Omit<CounterpartRow, 'home_id'>): Promise<void> {
  await tables<PartyTables>(tx)
    .insertInto('counterparts')
    .values({ home_id: tx.home, ...row })
    .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
    .execute();
}

export async function getCounterpart(
  view: View,
  home: HomeId,
  id: string,
): Promise<CounterpartRow | undefined> {
  return tables<PartyTables>(view)
    .selectFrom('counterparts')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}
