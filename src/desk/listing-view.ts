import type { Instant } from '../kernel/clock.ts';
import { assert, ok, type Success } from '../kernel/result.ts';
import { LISTING_PROBLEMS, type PlaceRef, Listing as SignedListing } from '../market/index.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import type { Listing, ListingState } from './model.ts';
import type { DeskTables, ItemRow, OfferRow } from './tables.ts';

type Shown = ItemRow & Pick<OfferRow, 'payload'>;

/** Items of a home with the octets of the listings in force; a query to be narrowed. */
export function shownItems(view: View, home: string) {
  return tables<DeskTables>(view)
    .selectFrom('desk_items as i')
    .innerJoin('desk_offers as o', (join) =>
      join.onRef('o.home_id', '=', 'i.home_id').onRef('o.id', '=', 'i.listing'),
    )
    .selectAll('i')
    .select('o.payload')
    .where('i.home_id', '=', home);
}

/** One thing for sale as its vendor sees it. */
export async function listingView(
  tx: Tx,
  deps: BaseDeps,
  storefront: string,
  number: string,
): Promise<Success<Listing>> {
  const row = await shownItems(tx, tx.home)
    .where('i.storefront', '=', storefront)
    .where('i.number', '=', number)
    .executeTakeFirst();
  assert(row, 'the listing was just kept');
  return ok(listingOf(row, deps.clock.now()));
}

/** Where the newest listing of a storefront says its thing is. */
export async function newestPlace(tx: Tx, storefront: string): Promise<PlaceRef | undefined> {
  const row = await shownItems(tx, tx.home)
    .where('i.storefront', '=', storefront)
    .orderBy('i.position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && signedIn(row).place;
}

function signedIn(row: Pick<Shown, 'payload'>): SignedListing {
  return SignedListing.parse(JSON.parse(Buffer.from(row.payload).toString('utf8')));
}

export function listingOf(row: Shown, now: Instant): Listing {
  const listing = signedIn(row);
  const { title, category, price, mode, place, reach, attributes, demands, delivery, takes, until } = listing;
  const problem = problemIn(row.problem);
  return {
    id: row.listing,
    storefront: row.storefront,
    number: row.number,
    title,
    category,
    price,
    stock: row.stock,
    mode,
    place,
    reach,
    attributes,
    acceptsTerms: listing.terms,
    demands,
    delivery,
    until,
    fees: listing.fees,
    ...(takes && { takes }),
    state: stateOf(row, now),
    taken: row.taken,
    held: row.held,
    changedAt: row.changed_at,
    ...(problem && { problem }),
  };
}

function stateOf(row: ItemRow, now: Instant): ListingState {
  if (row.state === 'withdrawn') return 'withdrawn';
  if (row.until_at <= now) return 'expired';
  return row.stock > 0 ? 'open' : 'sold-out';
}

const OTHER_PROBLEM = ['The market did not take this listing.', 'Change it and publish it again.'] as const;

function problemIn(code: string | null): Listing['problem'] {
  if (code === null) return undefined;
  const known: Readonly<Record<string, readonly [string, string]>> = LISTING_PROBLEMS;
  const [message, next] = known[code] ?? OTHER_PROBLEM;
  return { code, message, next };
}
