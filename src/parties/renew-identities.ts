import { toBase64url } from '../kernel/bytes.ts';
import { assert } from '../kernel/result.ts';
import { derive, seal } from '../kernel/sealing.ts';
import type { SignedDocument } from '../records/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { nodeSigningKey, recoveryCommitment, recoveryKey, rootKey } from './identity.ts';
import { changeDocument, type IdentityState } from './identity-change.ts';
import { makeInboxPath } from './inbox-path.ts';
import { keepChange, stateOf } from './key-log.ts';
import { pastServedContext, servedSecretOf } from './keys.ts';
import type { IdentityRow, PartyTables } from './model.ts';
import { renewedSecret } from './secrets.ts';
import { getSecrets } from './store.ts';

/** One of my identities with new keys and a new address, and the signed change that says so. */
export interface Renewed {
  readonly id: string;
  readonly purpose: string;
  readonly before: IdentityState;
  readonly change: SignedDocument;
  readonly inbox: string;
}

/**
 * Gives every identity of this home new keys and a new address on this node, each by a change of its own that nothing
 * links to the others; the recovery keys sign, so that whoever held the served secret before is overruled. The secret is
 * the party's own, which only its owner can open. On the same occasion it makes the same changes, also on a copy that a backup
 * has brought back.
 */
export async function renewIdentities(
  tx: Tx,
  deps: BaseDeps,
  secret: Uint8Array,
  occasion: string,
): Promise<Renewed[]> {
  const served = await renewServedSecret(tx, deps, secret, occasion);
  const rows = await tables<PartyTables>(tx)
    .selectFrom('identities')
    .selectAll()
    .where('home_id', '=', tx.home)
    .orderBy('position')
    .execute();
  const renewed: Renewed[] = [];
  for (const row of rows) renewed.push(await renew(tx, deps, secret, served, row));
  return renewed;
}

/** Puts a new served secret in the place of the one in force, which is kept for what was promised under it. */
async function renewServedSecret(
  tx: Tx,
  deps: BaseDeps,
  secret: Uint8Array,
  occasion: string,
): Promise<Numbered> {
  const row = await getSecrets(tx, tx.home);
  assert(row, 'every party on this node has secrets');
  const before = row.served_number ?? 0;
  const served = renewedSecret(secret, deps.nodeKey, { home: tx.home, number: before + 1, occasion });
  const inForce = await servedSecretOf(tx, deps.nodeKey, tx.home);
  const past = seal(deps.nodeKey, inForce, pastServedContext(tx.home), deps.random);
  const db = tables<PartyTables>(tx);
  await db
    .insertInto('past_served')
    .values({ home_id: tx.home, number: before, past_served: past })
    .execute();
  await db
    .updateTable('party_secrets')
    .set({
      served: seal(deps.nodeKey, served, `served|${tx.home}`, deps.random),
      served_number: before + 1,
    })
    .where('home_id', '=', tx.home)
    .execute();
  return { served, before };
}

/** A served secret, and the number of the one before it. */
interface Numbered {
  readonly served: Uint8Array;
  readonly before: number;
}

async function renew(
  tx: Tx,
  deps: BaseDeps,
  secret: Uint8Array,
  { served, before: servedBefore }: Numbered,
  row: IdentityRow,
): Promise<Renewed> {
  const before = await stateOf(tx, tx.home, row);
  const drawn = derive(served, `parley/inbox-path/v1/${row.position}`);
  const random = { bytes: (count: number) => drawn.subarray(0, count) };
  const inbox = makeInboxPath(deps.nodeKey, tx.home, random);
  const nodeKey = nodeSigningKey(served, row.position).publicKey;
  const next = {
    root: rootKey(served, row.position).publicKey,
    recovery: recoveryCommitment(secret, row.position, before.number + 1),
    nodeKey,
    address: { host: deps.host, inbox },
  };
  const change = changeDocument(before, next, recoveryKey(secret, row.position, before.number));
  await keepChange(tx, { id: row.id, number: before.number + 1 }, change, true, deps.clock.now());
  const db = tables<PartyTables>(tx);
  await db
    .insertInto('past_inboxes')
    .values({ home_id: tx.home, inbox: row.inbox, identity: row.id, served_number: servedBefore })
    .execute();
  await db
    .updateTable('identities')
    .set({ inbox, node_key: toBase64url(nodeKey) })
    .where('home_id', '=', tx.home)
    .where('id', '=', row.id)
    .execute();
  return { id: row.id, purpose: row.purpose, before, change, inbox };
}
