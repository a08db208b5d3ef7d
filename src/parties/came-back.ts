import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { NODE_HOME, type PartyTables } from './model.ts';

interface Tables extends Pick<PartyTables, 'parties'> {
  node_values: { home_id: string; name: string; value: string };
}

/** Among the node's values: when the backup was made that this node was restored from. */
export const RESTORED_FROM = 'restored-from';
/** Among the node's values, of a party: which of these it has been told of and has put away. */
const PUT_AWAY = 'restored-put-away';

/** When the backup was made that this node came back from, for a party that was there then and has not put that away. */
export async function cameBackFrom(view: View, home: HomeId): Promise<Instant | undefined> {
  const from = await valueAt(view, NODE_HOME, RESTORED_FROM);
  if (from === undefined || from === (await valueAt(view, home, PUT_AWAY))) return undefined;
  const party = await tables<Tables>(view)
    .selectFrom('parties')
    .select('created_at')
    .where('home_id', '=', home)
    .executeTakeFirst();
  return party && party.created_at <= Number(from) ? Number(from) : undefined;
}

/** The party has looked through what is as old as the backup. */
export async function putCameBackAway(tx: Tx): Promise<void> {
  const value = await valueAt(tx, NODE_HOME, RESTORED_FROM);
  if (value === undefined) return;
  await tables<Tables>(tx)
    .insertInto('node_values')
    .values({ home_id: tx.home, name: PUT_AWAY, value })
    .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value }))
    .execute();
}

async function valueAt(view: View, home: HomeId, name: string): Promise<string | undefined> {
  const row = await tables<Tables>(view)
    .selectFrom('node_values')
    .select('value')
    .where('home_id', '=', home)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}
