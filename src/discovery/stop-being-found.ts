import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { MyProfile } from './model.ts';
import { myProfile } from './show-public-profile.ts';
import { getProfile, putProfile } from './store.ts';

/**
 * From now on my name is answered as one that nobody has. What others noted they keep, and nobody else gets the name
 * while I am here.
 */
export async function stopBeingFound(deps: BaseDeps, actor: PartyActor): Promise<Result<MyProfile>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getProfile(tx, tx.home);
    if (row) {
      const { home_id: _, ...kept } = row;
      await putProfile(tx, { ...kept, is_found: false, changed_at: deps.clock.now() });
    }
    return ok(await myProfile(tx, deps, tx.home));
  });
}
