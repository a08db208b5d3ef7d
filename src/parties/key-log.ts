import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { assert, must, type Result } from '../kernel/result.ts';
import { documentId, fromWire, type SignedDocument, toWire } from '../records/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { readIntroduction } from './identity.ts';
import { afterChange, type IdentityState, inceptionState, readChange } from './identity-change.ts';
import type { PartyTables } from './model.ts';
import { getCounterpart, getIdentity } from './store.ts';

/** An identity as its log leaves it; the log was checked before it was kept. */
export async function stateOf(
  view: View,
  home: HomeId,
  row: { readonly id: string; readonly document: string },
): Promise<IdentityState> {
  const inception = readIntroduction(JSON.parse(row.document));
  assert(inception, 'a kept identity is well formed');
  let state = inceptionState(inception);
  for (const document of await changesOf(view, home, row.id))
    state = must(afterChange(state, must(readChange(document))));
  return state;
}

/** The changes of an identity, in order. */
export async function changesOf(view: View, home: HomeId, identity: string): Promise<SignedDocument[]> {
  const rows = await tables<PartyTables>(view)
    .selectFrom('identity_changes')
    .select('document')
    .where('home_id', '=', home)
    .where('identity', '=', identity)
    .orderBy('number')
    .execute();
  return rows.map((row) => must(fromWire(JSON.parse(row.document))));
}

export async function keepChange(
  tx: Tx,
  state: Pick<IdentityState, 'id' | 'number'>,
  document: SignedDocument,
  isMine: boolean,
  at: Instant,
): Promise<void> {
  const { id: identity, number } = state;
  await tables<PartyTables>(tx)
    .insertInto('identity_changes')
    .values({
      home_id: tx.home,
      identity,
      number,
      is_mine: isMine,
      document: JSON.stringify(toWire(document)),
      at,
    })
    .execute();
}

/** Takes a log back to before a change, because a higher key says otherwise. */
export async function dropChanges(tx: Tx, identity: string, from: number): Promise<void> {
  await tables<PartyTables>(tx)
    .deleteFrom('identity_changes')
    .where('home_id', '=', tx.home)
    .where('identity', '=', identity)
    .where('number', '>=', from)
    .execute();
}

/** Proofs of contradictions that are kept of one identity: a few prove it as well as many would. */
const CONFLICTS = 3;

/** Keeps what contradicts a log, as proof; the same once. */
export async function keepConflict(
  tx: Tx,
  identity: string,
  document: SignedDocument,
  at: Instant,
): Promise<void> {
  const kept = await tables<PartyTables>(tx)
    .selectFrom('identity_conflicts')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('identity', '=', identity)
    .limit(CONFLICTS)
    .execute();
  if (kept.length === CONFLICTS) return;
  await tables<PartyTables>(tx)
    .insertInto('identity_conflicts')
    .values({
      home_id: tx.home,
      id: documentId(document),
      identity,
      document: JSON.stringify(toWire(document)),
      at,
    })
    .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
    .execute();
}

/** One of the two logs of a relationship as its documents, for whoever checks them by themselves. */
export async function signedLogOf(
  view: View,
  home: HomeId,
  id: string,
): Promise<{ readonly identity: SignedDocument; readonly changes: SignedDocument[] } | undefined> {
  const row = (await getIdentity(view, home, id)) ?? (await getCounterpart(view, home, id));
  if (!row) return undefined;
  return { identity: must(fromWire(JSON.parse(row.document))), changes: await changesOf(view, home, id) };
}

/** The state that a log would have with these changes, or why it would not hold. */
export function replay(state: IdentityState, changes: readonly SignedDocument[]): Result<IdentityState> {
  let now: Result<IdentityState> = { ok: true, value: state };
  for (const document of changes) {
    const change = readChange(document);
    if (!change.ok) return change;
    if (now.ok) now = afterChange(now.value, change.value);
  }
  return now;
}

/** Whether an inbox path is, or was, that of one of my own identities: what was sent before a change may come after it. */
export async function isPathOf(view: View, home: HomeId, id: string, inbox: string): Promise<boolean> {
  const row = await getIdentity(view, home, id);
  if (!row || row.inbox === inbox) return row !== undefined;
  const changes = await changesOf(view, home, id);
  const former = changes.map((document) => must(readChange(document)).address.inbox);
  return former.includes(inbox) || readIntroduction(JSON.parse(row.document))?.inbox === inbox;
}

/** The same of one of my own identities. */
export async function keysOfOwn(view: View, home: HomeId, id: string): Promise<Uint8Array[]> {
  const row = await getIdentity(view, home, id);
  return row ? keysOf(view, home, row) : [];
}

/** Every key that an identity has signed with, the newest last: what it signed before a change stays its own. */
export async function keysOf(
  view: View,
  home: HomeId,
  row: { readonly id: string; readonly document: string },
): Promise<Uint8Array[]> {
  const inception = readIntroduction(JSON.parse(row.document));
  assert(inception, 'a kept identity is well formed');
  const changes = await changesOf(view, home, row.id);
  return [inception.nodeKey, ...changes.map((document) => must(readChange(document)).nodeKey)];
}

/** One of the two logs of a relationship: the state in force, and when it last changed as this side learned of it. */
export async function keyLogOf(
  view: View,
  home: HomeId,
  id: string,
): Promise<{ readonly state: IdentityState; readonly changedAt: Instant | undefined } | undefined> {
  const row = (await getIdentity(view, home, id)) ?? (await getCounterpart(view, home, id));
  if (!row) return undefined;
  const newest = await tables<PartyTables>(view)
    .selectFrom('identity_changes')
    .select('at')
    .where('home_id', '=', home)
    .where('identity', '=', id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { state: await stateOf(view, home, row), changedAt: newest?.at };
}

/** How many changes are kept that contradict the log of an identity. */
export async function conflictsOf(view: View, home: HomeId, identity: string): Promise<number> {
  const { total } = await tables<PartyTables>(view)
    .selectFrom('identity_conflicts')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('identity', '=', identity)
    .executeTakeFirstOrThrow();
  return total;
}

/** Notes which entry of their key log was the last when I compared. */
export async function confirmCounterpart(tx: Tx, id: string, head: string): Promise<void> {
  await tables<PartyTables>(tx)
    .updateTable('counterparts')
    .set({ confirmed_head: head })
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}
