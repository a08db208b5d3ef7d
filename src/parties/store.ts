import type { Kysely } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { prepared, type Tx, tables, type View } from '../storage/index.ts';
import type { CounterpartRow, IdentityRow, PartyRow, PartyTables, SecretsRow } from './model.ts';
import { NODE_HOME } from './model.ts';

const partyRow = prepared((db: Kysely<PartyTables>, it: { home: HomeId }) =>
  db.selectFrom('parties').selectAll().where('home_id', '=', it.home),
);

export async function getPartyRow(view: View, home: HomeId): Promise<PartyRow | undefined> {
  return (await partyRow(view, { home }))[0];
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

/** Until when this node has to send on what comes for a party that has left, since others are still being told. */
export async function sendsOnUntil(view: View, home: HomeId): Promise<Instant | undefined> {
  const row = await tables<{ moves: { home_id: string; state: string; changed_at: number } }>(view)
    .selectFrom('moves')
    .select((e) => e.fn.max('changed_at').as('at'))
    .where('home_id', '=', home)
    .where('state', '=', 'forwarding')
    .executeTakeFirst();
  return row?.at == null ? undefined : Number(row.at) + LIMITS.toldOfMoveMs;
}

const secretsRow = prepared((db: Kysely<PartyTables>, it: { home: HomeId }) =>
  db.selectFrom('party_secrets').selectAll().where('home_id', '=', it.home),
);

/** Whether a party is whole here: its keys go first when it is removed. */
export async function hasSecrets(view: View, home: HomeId): Promise<boolean> {
  return (await getSecrets(view, home)) !== undefined;
}

export async function getSecrets(view: View, home: HomeId): Promise<SecretsRow | undefined> {
  return (await secretsRow(view, { home }))[0];
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

const identityRow = prepared((db: Kysely<PartyTables>, it: { home: HomeId; id: string }) =>
  db.selectFrom('identities').selectAll().where('home_id', '=', it.home).where('id', '=', it.id),
);

export async function getIdentity(view: View, home: HomeId, id: string): Promise<IdentityRow | undefined> {
  return (await identityRow(view, { home, id }))[0];
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

const correspondents = prepared(
  (db: Kysely<PartyTables>, it: { home: HomeId; mine: string; theirs: string }) =>
    db
      .selectFrom('identities')
      .innerJoin('party_secrets', 'party_secrets.home_id', 'identities.home_id')
      .innerJoin('parties', 'parties.home_id', 'identities.home_id')
      .innerJoin('counterparts', 'counterparts.home_id', 'identities.home_id')
      .select(['identities.home_id', 'identities.position', 'party_secrets.served', 'parties.paused_at'])
      .select(['counterparts.id', 'counterparts.node_key', 'counterparts.host', 'counterparts.inbox'])
      .where('identities.home_id', '=', it.home)
      .where('identities.id', '=', it.mine)
      .where('counterparts.id', '=', it.theirs),
);

/** What an identity of mine signs with, whether its party signs at all, and where the other side is reached, at one look. */
export async function getCorrespondents(
  view: View,
  home: HomeId,
  mine: string,
  theirs: string,
): Promise<CorrespondentsRow | undefined> {
  return (await correspondents(view, { home, mine, theirs }))[0];
}

type CorrespondentsRow = Pick<IdentityRow, 'home_id' | 'position'> &
  Pick<SecretsRow, 'served'> &
  Pick<PartyRow, 'paused_at'> &
  Pick<CounterpartRow, 'id' | 'node_key' | 'host' | 'inbox'>;

const counterpartRow = prepared((db: Kysely<PartyTables>, it: { home: HomeId; id: string }) =>
  db.selectFrom('counterparts').selectAll().where('home_id', '=', it.home).where('id', '=', it.id),
);

export async function getCounterpart(
  view: View,
  home: HomeId,
  id: string,
): Promise<CounterpartRow | undefined> {
  return (await counterpartRow(view, { home, id }))[0];
}
