import { storefrontsOf } from '../desk/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { assert, must } from '../kernel/result.ts';
import { copyWire } from '../market/index.ts';
import {
  changesOf,
  getIdentityRow,
  getPartyRow,
  type IdentityState,
  ownIdentity,
  stateOf,
} from '../parties/index.ts';
import { fromWire, readDocument, type SignedDocument, signDocument, toWire } from '../records/index.ts';
import type { BaseDeps, Tx, View } from '../storage/index.ts';
import { addressOf, didOf } from './addresses.ts';
import { DISCOVERY_LIMITS } from './limits.ts';
import { Place, PROFILE, type Profile, ProfileContent, type ProfileRow } from './model.ts';
import { homeOfPublicName } from './names.ts';
import { getProfile, putProfile } from './store.ts';

/** Somebody who wishes to be found, as they stand now. */
export interface Findable {
  readonly home: HomeId;
  readonly row: ProfileRow;
  /** The keys and the address of their public identity. */
  readonly state: IdentityState;
  readonly document: SignedDocument;
}

/** Whoever wishes to be found under this name; undefined for a name that is unknown, unwilling or not in use alike. */
export async function findable(deps: BaseDeps, name: string): Promise<Findable | undefined> {
  const seen = await deps.storage.read(async (view) => {
    const home = await homeOfPublicName(view, name);
    const row = home === undefined ? undefined : await getProfile(view, home);
    const party = home === undefined ? undefined : await getPartyRow(view, home);
    if (!home || !row?.is_found || row.name !== name || party?.paused_at !== null) return undefined;
    return { home, row, state: await publicState(view, home, row), isFresh: await isFresh(view, deps, row) };
  });
  if (!seen) return undefined;
  const row = seen.isFresh ? seen.row : await signAnew(deps, seen.home);
  return { home: seen.home, row, state: seen.state, document: documentOf(row) };
}

function documentOf(row: ProfileRow): SignedDocument {
  return must(fromWire(JSON.parse(row.document)));
}

async function publicState(view: View, home: HomeId, row: ProfileRow): Promise<IdentityState> {
  const identity = await getIdentityRow(view, home, row.identity);
  assert(identity, 'a public identity is kept');
  return stateOf(view, home, identity);
}

/** Names of shops, keys and this node's own name change; then the profile is signed again, once. */
async function isFresh(view: View, deps: BaseDeps, row: ProfileRow): Promise<boolean> {
  const read = readDocument(documentOf(row), PROFILE, 1);
  const said = read.ok ? ProfileContent.safeParse(read.value) : undefined;
  return said?.success === true && sameText(said.data, await contentOf(view, deps, row));
}

function sameText(one: ProfileContent, other: ProfileContent): boolean {
  return JSON.stringify(one) === JSON.stringify(ProfileContent.parse(other));
}

async function signAnew(deps: BaseDeps, home: HomeId): Promise<ProfileRow> {
  return deps.storage.transact(home, async (tx) => {
    const row = await getProfile(tx, home);
    assert(row, 'a profile is kept');
    return signProfile(tx, deps, row);
  });
}

/** Signs what I say of myself now, and keeps it. */
export async function signProfile(
  tx: Tx,
  deps: BaseDeps,
  row: Omit<ProfileRow, 'document' | 'changed_at' | 'home_id'>,
): Promise<ProfileRow> {
  const me = await ownIdentity(tx, deps, row.identity);
  assert(me, 'a public identity is kept');
  const at = deps.clock.now();
  const content: Profile = {
    ...(await contentOf(tx, deps, { ...row, home_id: tx.home })),
    at,
    salt: toBase64url(deps.random.bytes(16)),
  };
  const document = signDocument({ type: PROFILE, v: 1, ...content }, me.key);
  const kept: ProfileRow = {
    ...row,
    home_id: tx.home,
    document: JSON.stringify(toWire(document)),
    changed_at: at,
  };
  await putProfile(tx, kept);
  return kept;
}

async function contentOf(
  view: View,
  deps: BaseDeps,
  row: Omit<ProfileRow, 'document' | 'changed_at'>,
): Promise<ProfileContent> {
  const home = row.home_id;
  const identity = await getIdentityRow(view, home, row.identity);
  const party = await getPartyRow(view, home);
  assert(identity && party, 'whoever is found is there');
  const who = { name: row.name, host: deps.host };
  const shops = row.is_with_storefronts ? await storefrontsOf(view, home) : [];
  return {
    address: addressOf(who),
    did: didOf(who),
    name: row.display_name,
    kind: party.kind,
    about: row.about,
    identity: copyWire(toWire(must(fromWire(JSON.parse(identity.document))))),
    changes: (await changesOf(view, home, row.identity)).map((change) => copyWire(toWire(change))),
    storefronts: shops
      .filter((shop) => !shop.is_sample)
      .slice(0, DISCOVERY_LIMITS.storefronts)
      .map((shop) => ({
        id: shop.id,
        name: shop.name,
        market: { id: shop.market, name: shop.market_name, host: shop.market_host },
      })),
    markets: Place.array().parse(JSON.parse(row.markets)),
  };
}
