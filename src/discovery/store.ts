import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { DiscoveryTables, ProfileRow } from './model.ts';

export async function getProfile(view: View, home: HomeId): Promise<ProfileRow | undefined> {
  return tables<DiscoveryTables>(view)
    .selectFrom('public_profiles')
    .selectAll()
    .where('home_id', '=', home)
    .executeTakeFirst();
}

/** Writes the one profile of a home. */
export async function putProfile(tx: Tx, row: Omit<ProfileRow, 'home_id'>): Promise<void> {
  await tables<DiscoveryTables>(tx)
    .insertInto('public_profiles')
    .values({ home_id: tx.home, ...row })
    .onConflict((c) => c.columns(['home_id']).doUpdateSet(row))
    .execute();
}
