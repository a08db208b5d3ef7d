import { equalBytes } from '../kernel/bytes.ts';
import { documentId, fromWire, toWire } from '../records/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { type Inception, nodeSigningKey, readInception, rootKey } from './identity.ts';
import { homeOfInboxPath } from './inbox-path.ts';
import { servedSecretOf } from './keys.ts';
import type { PartyTables } from './model.ts';
import { commitmentFor, getIdentity, getPartyRow, insertIdentity } from './store.ts';

/**
 * Positions that are left out when a backup has come back: what was opened after it took those that come next, and no
 * key may stand in two relationships.
 */
const LEFT_OUT = 64;

/** From now on identities take positions that none can have taken since the backup was made. */
export async function leaveOutPositions(tx: Tx): Promise<void> {
  await tables<PartyTables>(tx)
    .updateTable('parties')
    .set((e) => ({ next_position: e('next_position', '+', LEFT_OUT) }))
    .where('home_id', '=', tx.home)
    .execute();
}

/**
 * The inception of an identity that is mine: one that is here, or one that this node made for this party and has
 * forgotten since, which is kept again. Undefined for everybody else's: nobody but I can have its keys.
 */
export async function identityAgain(
  tx: Tx,
  deps: BaseDeps,
  wire: unknown,
  purpose: string,
): Promise<Inception | undefined> {
  const document = fromWire(wire);
  const read = document.ok ? readInception(document.value) : document;
  if (!document.ok || !read.ok) return undefined;
  const inception = read.value;
  if (await getIdentity(tx, tx.home, inception.id)) return inception;
  const isPathOfMine = homeOfInboxPath(deps.nodeKey, inception.inbox) === tx.home;
  if (!isPathOfMine || !deps.ownHosts.has(inception.host)) return undefined;
  const position = await positionOf(tx, deps, inception);
  if (position === undefined) return undefined;
  await insertIdentity(tx, {
    id: documentId(document.value),
    position,
    purpose,
    inbox: inception.inbox,
    node_key: Buffer.from(inception.nodeKey).toString('base64url'),
    document: JSON.stringify(toWire(document.value)),
    created_at: deps.clock.now(),
  });
  const db = tables<PartyTables>(tx);
  await db
    .updateTable('parties')
    .set({ next_position: position + 1 })
    .where('home_id', '=', tx.home)
    .where('next_position', '<=', position)
    .execute();
  return inception;
}

/** Where in the derivation these keys stand, among the positions that no identity here has. */
async function positionOf(tx: Tx, deps: BaseDeps, inception: Inception): Promise<number | undefined> {
  const next = (await getPartyRow(tx, tx.home))?.next_position ?? 0;
  const rows = await tables<PartyTables>(tx)
    .selectFrom('identities')
    .select('position')
    .where('home_id', '=', tx.home)
    .where('position', '>=', next - 4 * LEFT_OUT)
    .execute();
  const taken = new Set(rows.map((row) => row.position));
  const served = await servedSecretOf(tx, deps.nodeKey, tx.home);
  for (let at = Math.max(0, next - 4 * LEFT_OUT); at < next + LEFT_OUT; at++) {
    if (taken.has(at) || !equalBytes(nodeSigningKey(served, at).publicKey, inception.nodeKey)) continue;
    const isWhole =
      equalBytes(rootKey(served, at).publicKey, inception.root) &&
      (await commitmentFor(tx, at)) === inception.recovery;
    return isWhole ? at : undefined;
  }
  return undefined;
}
