import { fromBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { GrantTables } from './model.ts';

/** The key that the other side of a relationship announced last; undefined where it never did, as older ones do not. */
export async function theirKey(view: View, home: HomeId, rel: string): Promise<Uint8Array | undefined> {
  const row = await tables<GrantTables>(view)
    .selectFrom('sealing_keys')
    .select('public_key')
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && fromBase64url(row.public_key);
}

export async function noteTheirKey(tx: Tx, rel: string, place: number, key: string): Promise<void> {
  await tables<GrantTables>(tx)
    .insertInto('sealing_keys')
    .values({ home_id: tx.home, rel, place, public_key: key })
    .execute();
}
