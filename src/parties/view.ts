import type { HomeId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import type { View } from '../storage/index.ts';
import type { Party } from './model.ts';
import { getPartyRow, getSecrets } from './store.ts';

/** What doors show of a party that is known to exist. */
export async function partyView(view: View, home: HomeId): Promise<Party> {
  const row = await getPartyRow(view, home);
  assert(row, 'the party exists');
  const secrets = await getSecrets(view, home);
  return {
    id: row.home_id,
    handle: row.handle,
    name: row.name,
    kind: row.kind,
    isSample: row.sample !== null,
    recovery: secrets?.recovery_shown_at == null ? 'unseen' : 'shown',
    createdAt: row.created_at,
  };
}
