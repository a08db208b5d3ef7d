import type { Categories } from '../categories/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { derive } from '../kernel/sealing.ts';
import { Listing, listingProblem, type Signed, signListing } from '../market/index.ts';
import { documentHeader } from '../records/index.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import { deskLimits } from './limits.ts';
import type { Restocked } from './pieces.ts';
import { marketOf, offerOf } from './sign-listings.ts';
import { insertOffers, setOfferState, updateItem } from './store.ts';
import { type OwnStorefront, ownStorefront } from './storefront.ts';
import type { DeskTables, ItemRow, OfferRow } from './tables.ts';
import { tellKept } from './tell-market.ts';

const DAY_MS = 86_400_000;

interface ResigningDeps extends BaseDeps {
  readonly categories: Pick<Categories, 'get' | 'parent'>;
}

interface Changes {
  identity_changes: { home_id: string; identity: string; is_mine: boolean; at: number };
}

/** Storefronts whose keys changed not long ago, and when: listings from before are signed by a key of the old node. */
function changedKeys(view: View, now: Instant) {
  return tables<DeskTables & Changes>(view)
    .selectFrom('storefronts as s')
    .innerJoin('identity_changes as c', (join) =>
      join.onRef('c.home_id', '=', 's.home_id').onRef('c.identity', '=', 's.identity'),
    )
    .where('c.is_mine', '=', true)
    .where('c.at', '>', now - deskLimits.resignWithinDays * DAY_MS);
}

/** Listings in force of a storefront that another key signed than the one it has now; clocks of two nodes say nothing. */
function signedBefore(view: View, home: HomeId, { id: storefront, key }: OwnStorefront, now: Instant) {
  return tables<DeskTables>(view)
    .selectFrom('desk_items as i')
    .innerJoin('desk_offers as o', (join) =>
      join.onRef('o.home_id', '=', 'i.home_id').onRef('o.id', '=', 'i.listing'),
    )
    .where('i.home_id', '=', home)
    .where('i.storefront', '=', storefront)
    .where('i.state', '=', 'open')
    .where('i.problem', 'is', null)
    .where('i.until_at', '>', now)
    .where('o.signatures', 'not like', `[["${documentHeader(key)}"%`);
}

export async function homesToResign(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await changedKeys(view, now).select('s.home_id').distinct().orderBy('s.home_id').execute();
  return rows.map((row) => row.home_id);
}

/**
 * When the listings of a storefront are signed anew after its keys changed: each storefront at its own time, which
 * nobody but this node can work out, so that two of one vendor cannot be put together by it.
 */
function dueAt({ nodeKey }: Pick<BaseDeps, 'nodeKey'>, storefront: string, changed: Instant): Instant {
  const [a = 0, b = 0, c = 0, d = 0] = derive(nodeKey, `parley/re-sign/v1/${storefront}`);
  const part = (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32;
  return changed + deskLimits.resignAfterMs + Math.floor(part * deskLimits.resignSpreadMs);
}

/** Signs listings of before a move with the key in force, a few at a time; what binds stays as it was. Twice is once. */
export async function resignListings(deps: ResigningDeps, home: HomeId): Promise<number> {
  return deps.storage.transact(home, async (tx) => {
    const now = deps.clock.now();
    const changed = await changedKeys(tx, now)
      .select(['s.id', (e) => e.fn.max('c.at').as('at')])
      .where('s.home_id', '=', home)
      .groupBy('s.id')
      .orderBy('s.id')
      .execute();
    let signed = 0;
    for (const { id, at } of changed) {
      if (dueAt(deps, id, Number(at)) > now) continue;
      const own = await ownStorefront(tx, deps, id);
      if (own) signed += await resign(tx, deps, own);
    }
    return signed;
  });
}

async function resign(tx: Tx, deps: ResigningDeps, own: OwnStorefront): Promise<number> {
  const market = await marketOf(tx, own);
  if (!market) return 0;
  const now = deps.clock.now();
  const signed: Signed[] = [];
  const restocked: Restocked[] = [];
  const offers: OfferRow[] = [];
  const replaced: string[] = [];
  const fits = (content: ReturnType<typeof contentNow>): boolean =>
    listingProblem(content, market.rules, market.name, deps.categories, now) === undefined;
  for (const { item, content } of await nextToSign(tx, own, now, fits)) {
    const document = signListing(content, own.key, deps.random);
    signed.push(document);
    replaced.push(item.listing);
    offers.push({ home_id: tx.home, storefront: own.id, ...offerOf(deps, content, document) });
    if (item.stock <= item.held) restocked.push({ listing: document.id, left: 0 });
    await updateItem(tx, item, { listing: document.id });
  }
  if (signed.length === 0) return 0;
  await setOfferState(tx, replaced, 're-signed');
  await insertOffers(tx, offers);
  await tellKept(tx, deps, own, { outcomes: [], signed, restocked });
  return signed.length;
}

/**
 * The next listings under an older key, as they would be signed now. Where the market's rules are others by now, the old
 * one binds until its end; those are passed over, however many.
 */
async function nextToSign(
  tx: Tx,
  own: OwnStorefront,
  now: Instant,
  fits: (content: ReturnType<typeof contentNow>) => boolean,
) {
  for (let after = -1; ; ) {
    const rows = await signedBefore(tx, tx.home, own, now)
      .selectAll('i')
      .select('o.payload')
      .where('i.position', '>', after)
      .orderBy('i.position')
      .limit(deskLimits.rowsAtOnce)
      .execute();
    const found = rows
      .map(({ payload, ...item }) => ({ item, content: contentNow(own, item, payload) }))
      .filter(({ content }) => fits(content));
    const last = rows.at(-1);
    if (found.length > 0 || !last || rows.length < deskLimits.rowsAtOnce) return found;
    after = last.position;
  }
}

function contentNow(own: OwnStorefront, item: ItemRow, payload: Uint8Array) {
  const { salt: _, ...said } = Listing.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  return { ...said, storefront: own.ref, replaces: item.listing };
}
