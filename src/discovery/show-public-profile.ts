import { toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, ok, type Result } from '../kernel/result.ts';
import { getIdentityRow, stateOf } from '../parties/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { addressOf, didOf } from './addresses.ts';
import { type MyProfile, Place } from './model.ts';
import { homeOfPublicName } from './names.ts';
import { getProfile } from './store.ts';

/** Whether I can be found, under which name, and what I say of myself there. */
export async function showPublicProfile(deps: BaseDeps, actor: PartyActor): Promise<Result<MyProfile>> {
  return deps.storage.read(async (view) => ok(await myProfile(view, deps, actor.home)));
}

export async function myProfile(view: View, deps: BaseDeps, home: HomeId): Promise<MyProfile> {
  const row = await getProfile(view, home);
  if (!row) return { isFound: false };
  const identity = await getIdentityRow(view, home, row.identity);
  assert(identity, 'a public identity is kept');
  const who = { name: row.name, host: deps.host };
  // A party that moved here has a name on the node it came from, and none on this one.
  const isHere = (await homeOfPublicName(view, row.name)) === home;
  return {
    isFound: row.is_found && isHere,
    name: row.name,
    address: addressOf(who),
    did: didOf(who),
    displayName: row.display_name,
    about: row.about,
    showsStorefronts: row.is_with_storefronts,
    markets: Place.array().parse(JSON.parse(row.markets)),
    key: toBase64url((await stateOf(view, home, identity)).nodeKey),
  };
}
