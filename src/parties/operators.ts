import { toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import { NODE_HOME } from './model.ts';
import { tokenHash } from './sessions.ts';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

const OPERATOR = 'operator/';
const VISITOR = 'visitor-token';

/** True when one of these parties runs this node. */
export async function isOperatorAmong(view: View, homes: readonly HomeId[]): Promise<boolean> {
  if (homes.length === 0) return false;
  const row = await tables<Tables>(view)
    .selectFrom('node_values')
    .select('name')
    .where('home_id', '=', NODE_HOME)
    .where(
      'name',
      'in',
      homes.map((home) => OPERATOR + home),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes this party the one who runs the node, when nobody does yet. */
export async function appointFirstOperator(deps: BaseDeps, home: HomeId): Promise<void> {
  await deps.storage.transact(NODE_HOME, async (tx) => {
    const someone = await tables<Tables>(tx)
      .selectFrom('node_values')
      .select('name')
      .where('home_id', '=', NODE_HOME)
      .where('name', '>=', OPERATOR)
      .where('name', '<', `${OPERATOR}~`)
      .executeTakeFirst();
    if (!someone) await setValue(tx, OPERATOR + home, '1');
  });
}

/** A token that makes one browser the operator's, once; an earlier one that nobody used is void. */
export async function issueVisitorToken(deps: BaseDeps): Promise<string> {
  const token = toBase64url(deps.random.bytes(24));
  await deps.storage.transact(NODE_HOME, (tx) => setValue(tx, VISITOR, tokenHash(token)));
  return token;
}

/** Uses the token up; false when it is another one or was used before. */
export async function redeemVisitorToken(tx: Tx, token: string): Promise<boolean> {
  const [done] = await tables<Tables>(tx)
    .deleteFrom('node_values')
    .where('home_id', '=', NODE_HOME)
    .where('name', '=', VISITOR)
    .where('value', '=', tokenHash(token))
    .execute();
  return (done?.numDeletedRows ?? 0n) > 0n;
}

async function setValue(tx: Tx, name: string, value: string): Promise<void> {
  await tables<Tables>(tx)
    .insertInto('node_values')
    .values({ home_id: NODE_HOME, name, value })
    .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value }))
    .execute();
}
