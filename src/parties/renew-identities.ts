import { toBase64url } from '../kernel/bytes.ts';
import { assert } from '../kernel/result.ts';
import { seal } from '../kernel/sealing.ts';
import type { SignedDocument } from '../records/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { nodeSigningKey, recoveryCommitment, recoveryKey, rootKey } from './identity.ts';
import { changeDocument, type IdentityState } from './identity-change.ts';
import { makeInboxPath } from './inbox-path.ts';
import { keepChange, stateOf } from './key-log.ts';
import type { IdentityRow, PartyTables } from './model.ts';
import { servedSecret } from './secrets.ts';
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
 * the party's own, which only its owner can open.
 */
export async function renewIdentities(tx: Tx, deps: BaseDeps, secret: Uint8Array): Promise<Renewed[]> {
  const served = await renewServedSecret(tx, deps, secret);
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

async function renewServedSecret(tx: Tx, deps: BaseDeps, secret: Uint8Array): Promise<Uint8Array> {
  const row = await getSecrets(tx, tx.home);
  assert(row, 'every party on this node has secrets');
  const number = (row.served_number ?? 0) + 1;
  const served = servedSecret(secret, number);
  const first = seal(deps.nodeKey, servedSecret(secret), `first-served|${tx.home}`, deps.random);
  await tables<PartyTables>(tx)
    .updateTable('party_secrets')
    .set({
      served: seal(deps.nodeKey, served, `served|${tx.home}`, deps.random),
      served_number: number,
      first_served: first,
    })
    .where('home_id', '=', tx.home)
    .execute();
  return served;
}

async function renew(
  tx: Tx,
  deps: BaseDeps,
  secret: Uint8Array,
  served: Uint8Array,
  row: IdentityRow,
): Promise<Renewed> {
  const before = await stateOf(tx, tx.home, row);
  const inbox = makeInboxPath(deps.nodeKey, tx.home, deps.random);
  const nodeKey = nodeSigningKey(served, row.position).publicKey;
  const next = {
    root: rootKey(served, row.position).publicKey,
    recovery: recoveryCommitment(secret, row.position, before.number + 1),
    nodeKey,
    address: { host: deps.host, inbox },
  };
  const at = deps.clock.now();
  const change = changeDocument(before, next, recoveryKey(secret, row.position, before.number), at);
  await keepChange(tx, { id: row.id, number: before.number + 1 }, change, true, at);
  await tables<PartyTables>(tx)
    .updateTable('identities')
    .set({ inbox, node_key: toBase64url(nodeKey) })
    .where('home_id', '=', tx.home)
    .where('id', '=', row.id)
    .execute();
  return { id: row.id, purpose: row.purpose, before, change, inbox };
}
