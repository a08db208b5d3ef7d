import { hashId } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { derive, PASSPHRASE_COST, seal } from '../kernel/sealing.ts';
import { signingKey } from '../kernel/signing.ts';
import { getPartyRow, homeOfHandle, NODE_HOME, type PartyTables } from '../parties/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';

/** Identities that a market may open in its life; it needs one. */
const COMMITMENTS = 8;

/**
 * The party that a market is. Nobody signs in to it: its secret is sealed under the node's key alone, and whoever
 * keeps the node keeps the market.
 */
export async function insertMarketParty(
  tx: Tx,
  deps: BaseDeps,
  party: { readonly handle: string; readonly name: string; readonly sample: string | null },
): Promise<void> {
  const db = tables<PartyTables>(tx);
  const home = tx.home;
  const secret = deps.random.bytes(32);
  const served = derive(secret, 'parley/served/v1');
  await db
    .insertInto('parties')
    .values({
      home_id: home,
      handle: party.handle,
      name: party.name,
      kind: 'market',
      sample: party.sample,
      created_at: deps.clock.now(),
      paused_at: null,
      next_position: 0,
    })
    .execute();
  await db
    .insertInto('party_secrets')
    .values({
      home_id: home,
      served: seal(deps.nodeKey, served, `served|${home}`, deps.random),
      wrapped: seal(deps.nodeKey, secret, `secret|${home}`, deps.random),
      // No passphrase opens this: the key that wraps it is the node's.
      salt: deps.random.bytes(16),
      cost: JSON.stringify(PASSPHRASE_COST),
      recovery_wrapped: new Uint8Array(0),
      recovery_shown_at: null,
      recovery_code: null,
    })
    .execute();
  const rows = Array.from({ length: COMMITMENTS }, (_, position) => ({
    home_id: home,
    position,
    commitment: hashId(signingKey(derive(secret, `parley/recovery/v1/${position}`)).publicKey),
  }));
  await db.insertInto('recovery_commitments').values(rows).execute();
}

/** Takes the first free of `base`, `base-2`, `base-3` ... in the node's rows for a home. */
export async function takeHandle(tx: Tx, base: string, home: HomeId): Promise<string> {
  for (let number = 1; ; number++) {
    const handle = number === 1 ? base : `${base}-${number}`;
    const holder = await homeOfHandle(tx, handle);
    if (holder !== undefined && holder !== home && (await getPartyRow(tx, holder))) continue;
    await tables<PartyTables>(tx)
      .insertInto('handles')
      .values({ home_id: NODE_HOME, handle, party: home })
      .onConflict((c) => c.columns(['home_id', 'handle']).doUpdateSet({ party: home }))
      .execute();
    return handle;
  }
}
