import type { Categories } from '../categories/index.ts';
import { sha256, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail } from '../kernel/result.ts';
import {
  findMarket,
  type KnownMarket,
  LISTING_PROBLEMS,
  type ListingContent,
  type ListingProblem,
  listingProblem,
  marketFee,
  type Signed,
  signaturesText,
  signListing,
} from '../market/index.ts';
import type { BaseDeps, Tx, View } from '../storage/index.ts';
import { foldText } from './fold.ts';
import type { ListingDraft } from './model.ts';
import { type Restocked, setStock } from './set-stock.ts';
import { countItems, insertOffers, itemsWith, lastPosition, putItems, setOfferState } from './store.ts';
import type { OwnStorefront } from './storefront.ts';
import type { ItemRow, OfferRow } from './tables.ts';

/** Something to be listed under a number of the vendor's own. */
export interface Numbered {
  readonly number: string;
  readonly draft: ListingDraft;
  /** Of all that decides whether it has to be signed again; made from the draft when left out. */
  readonly fingerprint?: string;
  /** Signs again also what has not changed. */
  readonly renew?: boolean;
}

export interface Outcome {
  readonly number: string;
  /** The listing in force now. */
  readonly listing: string;
  readonly result: 'added' | 'updated' | 'unchanged';
}

export interface Refusal {
  readonly number: string;
  readonly failure: Failure;
}

export interface Kept {
  readonly outcomes: readonly Outcome[];
  readonly refusals: readonly Refusal[];
  /** What has been signed now and has to be told to the market. */
  readonly signed: readonly Signed[];
  readonly restocked: readonly Restocked[];
}

export interface SigningDeps extends BaseDeps {
  readonly categories: Pick<Categories, 'get' | 'parent'>;
}

/** The market of a storefront, as the node knows it: its rules decide which fees a listing has to name. */
export function marketOf(view: View, storefront: OwnStorefront): Promise<KnownMarket | undefined> {
  return findMarket(view, storefront.row.market);
}

/**
 * Signs and keeps listings of one storefront, each in place of the one that had its number; the same again is
 * recognised and only its stock changes. Numbers must differ within one call. Nothing is told to the market here.
 */
export async function keepListings(
  tx: Tx,
  deps: SigningDeps,
  storefront: OwnStorefront,
  market: KnownMarket,
  wanted: readonly Numbered[],
): Promise<Kept> {
  const numbers = wanted.map((it) => it.number);
  const before = await itemsWith(tx, tx.home, storefront.id, numbers);
  const fresh = numbers.length - before.size;
  let room = fresh === 0 ? 0 : LIMITS.listingsPerVendor - (await countItems(tx, storefront.id));
  let position = await lastPosition(tx);
  const kept = {
    outcomes: [] as Outcome[],
    refusals: [] as Refusal[],
    signed: [] as Signed[],
    restocked: [] as Restocked[],
  }; // filled below
  const items: ItemRow[] = [];
  const offers: OfferRow[] = [];
  for (const it of wanted) {
    const old = before.get(it.number);
    const fingerprint = it.fingerprint ?? fingerprintOf(it.draft);
    if (old && isSame(old, it, fingerprint)) {
      kept.restocked.push(...(await setStock(tx, deps, old, it.draft.stock)));
      kept.outcomes.push({ number: it.number, listing: old.listing, result: 'unchanged' });
      continue;
    }
    const content = contentOf(deps, storefront, market, it, old);
    const failure = old || room > 0 ? problemOf(deps, market, content) : tooMany();
    if (failure) {
      kept.refusals.push({ number: it.number, failure });
      continue;
    }
    if (!old) [room, position] = [room - 1, position + 1];
    const signed = signListing(content, storefront.key, deps.random);
    kept.signed.push(signed);
    kept.outcomes.push({ number: it.number, listing: signed.id, result: old ? 'updated' : 'added' });
    if (it.draft.stock === 0) kept.restocked.push({ listing: signed.id, left: 0 });
    const at = { home_id: tx.home, storefront: storefront.id };
    items.push({
      ...at,
      ...itemOf(deps, it, signed, old?.position ?? position),
      fingerprint,
      taken: old?.taken ?? 0,
    });
    offers.push({ ...at, ...offerOf(deps, content, signed) });
  }
  const replaced = items.flatMap((row) => before.get(row.number)?.listing ?? []);
  await setOfferState(tx, replaced, 'replaced');
  await insertOffers(tx, offers);
  await putItems(tx, items);
  return kept;
}

function isSame(old: ItemRow, it: Numbered, fingerprint: string): boolean {
  return old.state === 'open' && old.fingerprint === fingerprint && !it.renew && old.problem === null;
}

/** A hash of all that a buyer would read of a draft; stock is not among it. */
export function fingerprintOf(draft: object): string {
  const { stock: _stock, ...read } = { stock: 0, ...draft };
  return toBase64url(sha256(toUtf8(JSON.stringify(read)))).slice(0, 22);
}

function contentOf(
  deps: SigningDeps,
  storefront: OwnStorefront,
  market: KnownMarket,
  { number, draft }: Numbered,
  old: ItemRow | undefined,
): ListingContent {
  const { acceptsTerms, stock: _stock, takes, ...said } = draft;
  const owed = marketFee(draft.price, market.rules, market.name);
  return {
    ...said,
    storefront: storefront.ref,
    number,
    kind: deps.categories.get(draft.category)?.kind ?? 'goods',
    fees: owed ? [...draft.fees, owed] : draft.fees,
    terms: acceptsTerms,
    ...(takes && { takes }),
    ...(old && { replaces: old.listing }),
  };
}

function problemOf(deps: SigningDeps, market: KnownMarket, content: ListingContent): Failure | undefined {
  const code = listingProblem(content, market.rules, market.name, deps.categories, deps.clock.now());
  return code && problemFailure(code);
}

/** The sentence of a market's reason not to take a listing. */
export function problemFailure(code: ListingProblem): Failure {
  const [message, next] = LISTING_PROBLEMS[code];
  return fail(code, message, next);
}

function tooMany(): Failure {
  return fail(
    'too-many-listings',
    'This storefront lists as many things as one vendor may list at a market.',
    'Withdraw some first.',
  );
}

type ItemFacts = Omit<ItemRow, 'home_id' | 'storefront' | 'fingerprint' | 'taken'>;

function itemOf(deps: BaseDeps, { number, draft }: Numbered, signed: Signed, position: number): ItemFacts {
  return {
    number,
    position,
    listing: signed.id,
    title: draft.title,
    folded: foldText(`${draft.title} ${number}`),
    mode: draft.mode,
    state: 'open',
    stock: draft.stock,
    until_at: draft.until,
    changed_at: deps.clock.now(),
    problem: null,
  };
}

function offerOf(
  deps: BaseDeps,
  content: ListingContent,
  signed: Signed,
): Omit<OfferRow, 'home_id' | 'storefront'> {
  return {
    id: signed.id,
    kind: 'listing',
    name: content.number,
    state: 'open',
    until_at: content.until,
    made_at: deps.clock.now(),
    payload: signed.document.payload,
    signatures: signaturesText(signed.document),
  };
}
