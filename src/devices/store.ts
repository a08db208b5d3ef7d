import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';
import type { DeviceTables, PasskeyRow } from './model.ts';

/** In the order in which they were made. */
export async function passkeysOf(view: View, home: HomeId): Promise<PasskeyRow[]> {
  return tables<DeviceTables>(view)
    .selectFrom('passkeys')
    .selectAll()
    .where('home_id', '=', home)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
}

export async function getPasskey(view: View, home: HomeId, id: string): Promise<PasskeyRow | undefined> {
  return tables<DeviceTables>(view)
    .selectFrom('passkeys')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function getShares(
  view: View,
  home: HomeId,
): Promise<DeviceTables['recovery_shares'] | undefined> {
  return tables<DeviceTables>(view)
    .selectFrom('recovery_shares')
    .selectAll()
    .where('home_id', '=', home)
    .executeTakeFirst();
}
