import type { Categories } from '../categories/index.ts';
import { sha256, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail, isFailure } from '../kernel/result.ts';
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
import { type Restocked, setStock } from './pieces.ts';
import { countItems, insertOffers, itemsWith, lastPosition, putItems, setOfferState } from './store.ts';
import type { OwnStorefront } from './storefront.ts';
import type { ItemRow, OfferRow } from './tables.ts';

/** Something to be listed under a number of the vendor's own. */
export interface Numbered {
  readonly number: string;
  readonly draft: ListingDraft;
  /** What decides whether it has changed; the draft when left out. Stock never does. */
  readonly signedFrom?: object;
  /** The stock in the draft is a guess: whoever wrote it said that there are some, and not how many. */
  readonly isStockGuessed?: boolean;
  /** Signs again also what has not changed, when it would end before this instant. */
  readonly renewBefore?: Instant;
}

export interface Outcome {
  readonly number: string;
  readonly result: 'added' | 'updated' | 'unchanged' | 'restocked' | 'refused';
  readonly failure?: Failure;
}

export interface Kept {
  readonly outcomes: readonly Outcome[];
  /** What has been signed now and has to be told to the market. */
  readonly signed: readonly Signed[];
  readonly restocked: readonly Restocked[];
}

interface SigningDeps extends BaseDeps {
  readonly categories: Pick<Categories, 'get' | 'parent'>;
}

/** The market of a storefront, as the node knows it: its rules decide which fees a listing has to name. */
export function marketOf(view: View, storefront: OwnStorefront): Promise<KnownMarket | undefined> {
  return findMarket(view, storefront.row.market);
}

/** What would become of something to be listed: signed with this content, left as it is, or refused. */
interface Judged {
  readonly it: Numbered;
  readonly old: ItemRow | undefined;
  readonly fingerprint: string;
  /** How many there will be. */
  readonly stock: number;
  readonly verdict: 'same' | Failure | ListingContent;
}

/** Compares what is to be listed with what is, and with the market's rules. Numbers have to differ within one call. */
export async function judgeListings(
  view: View,
  home: HomeId,
  deps: SigningDeps,
  storefront: OwnStorefront,
  market: KnownMarket,
  wanted: readonly Numbered[],
): Promise<Judged[]> {
  const numbers = wanted.map((it) => it.number);
  const before = await itemsWith(view, home, storefront.id, numbers);
  const isAnyNew = before.size < numbers.length;
  let room = isAnyNew ? LIMITS.listingsPerVendor - (await countItems(view, home, storefront.id)) : 0;
  return wanted.map((it) => {
    const old = before.get(it.number);
    const fingerprint = fingerprintOf(it.signedFrom ?? it.draft);
    const stock = stockAfter(old, it);
    if (old && isSame(old, it, fingerprint)) return { it, old, fingerprint, stock, verdict: 'same' };
    const content = contentOf(deps, storefront, market, it, old);
    const problem = old || room > 0 ? problemOf(deps, market, content) : tooMany();
    if (!old && !problem) room -= 1;
    return { it, old, fingerprint, stock, verdict: problem ?? content };
  });
}

/**
 * Signs and keeps listings of one storefront, each in place of the one that had its number; the same again is
 * recognised and only its stock changes. Nothing is told to the market here.
 */
export async function keepListings(
  tx: Tx,
  deps: SigningDeps,
  storefront: OwnStorefront,
  market: KnownMarket,
  wanted: readonly Numbered[],
): Promise<Kept> {
  const judged = await judgeListings(tx, tx.home, deps, storefront, market, wanted);
  const signed: Signed[] = [];
  const restocked: Restocked[] = [];
  const items: ItemRow[] = [];
  const offers: OfferRow[] = [];
  let position = await lastPosition(tx);
  for (const { it, old, fingerprint, stock, verdict } of judged) {
    if (verdict === 'same' && old) restocked.push(...(await setStock(tx, deps, old, stock)));
    if (verdict === 'same' || isFailure(verdict)) continue;
    const document = signListing(verdict, storefront.key, deps.random);
    signed.push(document);
    if (stock <= (old?.held ?? 0)) restocked.push({ listing: document.id, left: 0 });
    const at = { home_id: tx.home, storefront: storefront.id, position: old?.position ?? ++position };
    items.push({
      ...at,
      ...itemOf(deps, it, document),
      stock,
      fingerprint,
      taken: old?.taken ?? 0,
      held: old?.held ?? 0,
    });
    offers.push({ home_id: tx.home, storefront: storefront.id, ...offerOf(deps, verdict, document) });
  }
  const kept = new Set(items.map((row) => row.number));
  const replaced = judged.flatMap(({ it, old }) => (old && kept.has(it.number) ? [old.listing] : []));
  await setOfferState(tx, replaced, 'replaced');
  await insertOffers(tx, offers);
  await putItems(tx, items);
  return { outcomes: outcomesOf(judged), signed, restocked };
}

/** What became, or would become, of each. */
export function outcomesOf(judged: readonly Judged[]): Outcome[] {
  return judged.map(({ it, old, stock, verdict }) => {
    if (isFailure(verdict)) return { number: it.number, result: 'refused', failure: verdict };
    if (verdict === 'same')
      return { number: it.number, result: old?.stock === stock ? 'unchanged' : 'restocked' };
    return { number: it.number, result: old ? 'updated' : 'added' };
  });
}

/**
 * How many there are after something was listed again: as many as were said, and never fewer than are set aside. Where only
 * "in stock" was said the count here stands, since what was sold here is not in it: of what ran out by sales nothing comes
 * back.
 */
function stockAfter(old: ItemRow | undefined, { draft, isStockGuessed }: Numbered): number {
  if (!old || !isStockGuessed) return Math.max(draft.stock, old?.held ?? 0);
  return old.stock > 0 || old.taken > 0 ? old.stock : draft.stock;
}

function isSame(old: ItemRow, it: Numbered, fingerprint: string): boolean {
  const lasts = it.renewBefore === undefined || old.until_at >= it.renewBefore;
  return old.state === 'open' && old.fingerprint === fingerprint && lasts && old.problem === null;
}

/** A hash of all that a buyer would read of a draft; stock is not among it. */
function fingerprintOf(draft: object): string {
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
function problemFailure(code: ListingProblem): Failure {
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

type ItemFacts = Omit<
  ItemRow,
  'home_id' | 'storefront' | 'position' | 'fingerprint' | 'stock' | 'taken' | 'held'
>;

function itemOf(deps: BaseDeps, { number, draft }: Numbered, signed: Signed): ItemFacts {
  return {
    number,
    listing: signed.id,
    title: draft.title,
    folded: foldText(`${draft.title} ${number}`),
    mode: draft.mode,
    state: 'open',
    until_at: draft.until,
    changed_at: deps.clock.now(),
    problem: null,
  };
}

/** An offer as its row keeps it. */
export function offerOf(
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
