import { PASSPHRASE_COST, seal } from '../kernel/sealing.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { commitmentsOf, insertCommitments } from './commitments.ts';
import { insertParty } from './create-party.ts';
import type { PartyKind, PartyTables } from './model.ts';
import { servedSecret } from './secrets.ts';

interface HeldParty {
  readonly handle: string;
  readonly name: string;
  readonly kind: PartyKind;
  readonly sample: string | null;
  /** How many identities it may open in its life. */
  readonly identities: number;
}

/**
 * A party that nobody signs in to, a market or somebody in a sample: its secret is sealed under the node's key alone,
 * and whoever keeps the node keeps it. The handle must be reserved.
 */
export async function insertHeldParty(tx: Tx, deps: BaseDeps, party: HeldParty): Promise<void> {
  const { identities, ...row } = party;
  const secret = deps.random.bytes(32);
  await insertParty(tx, deps, row);
  await tables<PartyTables>(tx)
    .insertInto('party_secrets')
    .values({
      home_id: tx.home,
      served: seal(deps.nodeKey, servedSecret(secret), `served|${tx.home}`, deps.random),
      wrapped: seal(deps.nodeKey, secret, `secret|${tx.home}`, deps.random),
      // No passphrase opens this: the key that wraps it is the node's.
      salt: deps.random.bytes(16),
      cost: JSON.stringify(PASSPHRASE_COST),
      served_number: null,
      recovery_wrapped: new Uint8Array(0),
      recovery_shown_at: deps.clock.now(),
      recovery_code: null,
    })
    .execute();
  await insertCommitments(tx, commitmentsOf(secret, 0, identities));
}
