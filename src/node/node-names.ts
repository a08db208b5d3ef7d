import { base32 } from '../kernel/ids.ts';
import { NODE_HOME, nodeIdentityKey } from '../parties/index.ts';
import { type Storage, tables } from '../storage/index.ts';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

const PREFIX = 'host/';

/** What a node is called now, and everything it has ever been called. */
interface NodeNames {
  readonly host: string;
  readonly ownHosts: ReadonlySet<string>;
}

/**
 * The name that others reach this node by, else one that nobody can look up (RFC 2606), made from its key. Addresses
 * that were given out under an earlier name stay this node's.
 */
export async function namesOf(
  storage: Storage,
  nodeKey: Uint8Array,
  publicOrigin: string | undefined,
): Promise<NodeNames> {
  const unreachable = `${base32(nodeIdentityKey(nodeKey).publicKey.subarray(0, 10))}.node.invalid`;
  const host = publicOrigin === undefined ? unreachable : new URL(publicOrigin).host;
  const rows = await storage.transact(NODE_HOME, async (tx) => {
    const db = tables<Tables>(tx);
    await db
      .insertInto('node_values')
      .values({ home_id: NODE_HOME, name: PREFIX + host, value: host })
      .onConflict((c) => c.columns(['home_id', 'name']).doNothing())
      .execute();
    return db
      .selectFrom('node_values')
      .select('value')
      .where('home_id', '=', NODE_HOME)
      .where('name', '>=', PREFIX)
      .where('name', '<', `${PREFIX}~`)
      .execute();
  });
  return { host, ownHosts: new Set([unreachable, ...rows.map((row) => row.value)]) };
}
