import { type Envelope, type InboxHandler, isKey } from '../delivery/index.ts';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import {
  findMarket,
  type Hold,
  marketLimits,
  readHold,
  Standing as Told,
  type Verified,
} from '../market/index.ts';
import { isObject, keepDocument } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { findCast, isLive, updateCast } from './cast-store.ts';
import { freePiece } from './decline-offer.ts';
import type { IntentDeps } from './deps.ts';
import { fits } from './fit-rules.ts';
import { knowledgeOf } from './knowledge.ts';
import { buyerOf } from './levels.ts';
import { intentLimits } from './limits.ts';
import type { Standing } from './model.ts';
import { type OfferKind, type ReadOffer, readOffer } from './offer-facts.ts';
import { countCollected, extendHold, insertOffer } from './offer-store.ts';
import { checkStanding } from './standing.ts';
import { findIntent } from './store.ts';
import type { CastRow, IntentRow } from './tables.ts';
import { fieldsOf, stateAt } from './view.ts';

export const quotesHandler: InboxHandler<IntentDeps> = {
  type: 'quotes',
  isSpeaker: isMarketOfCast,
  receive: (tx, deps, envelope) => receiveOffers(tx, deps, envelope, 'listing'),
};

export const answersHandler: InboxHandler<IntentDeps> = {
  type: 'answers',
  isSpeaker: isMarketOfCast,
  receive: (tx, deps, envelope) => receiveOffers(tx, deps, envelope, 'answer'),
};

/**
 * Takes offers for one of my casts. Each is verified by itself: what is forged or malformed is left out, and when
 * nothing is left the message is refused. Offers for a want that is over are taken and dropped, since a refusal would
 * tell the market that it is over; only pieces that were set aside for it are declined. The same offer again changes
 * nothing.
 */
async function receiveOffers(
  tx: Tx,
  deps: IntentDeps,
  envelope: Envelope,
  kind: OfferKind,
): Promise<Result<unknown>> {
  const cast = await castOf(tx, envelope);
  if (!cast.ok) return cast;
  const sent = envelope.body[kind === 'listing' ? 'quotes' : 'answers'];
  if (!Array.isArray(sent) || sent.length > LIMITS.quotesPerCast) return malformed();
  const intent = await findIntent(tx, tx.home, cast.value.intent);
  if (!intent.ok) return intent;
  const now = deps.clock.now();
  const read = sent.flatMap((entry) => {
    const offer = isObject(entry) ? readEntry(kind, entry) : undefined;
    return offer ? [offer] : [];
  });
  if (stateAt(intent.value, now) !== 'open' || !isLive(cast.value, now)) {
    await freePieces(tx, deps, cast.value, read);
    return ok(true);
  }
  if (read.length < sent.length) deps.log('intents.forged', { left_out: sent.length - read.length });
  if (read.length === 0 && sent.length > 0) return malformed();
  const { asked } = envelope.body;
  if (Number.isSafeInteger(asked)) await updateCast(tx, cast.value.id, { asked: clamp(Number(asked)) });
  let room = await roomFor(tx, cast.value, kind);
  const standings = new Map<string, Standing>();
  for (const { offer, told, hold } of read) {
    if (room <= 0) break;
    const { storefront, until } = offer.facts;
    if (until <= now) continue;
    const key = `${storefront.id} ${storefront.key}`;
    const standing = standings.get(key) ?? checkStanding(told, storefront);
    standings.set(key, standing);
    if (await keepOffer(tx, deps, intent.value, cast.value, offer, standing, hold)) room--;
  }
  return ok(true);
}

/** Nobody waits for these any more: what was set aside for them is for somebody else. */
async function freePieces(tx: Tx, deps: IntentDeps, cast: CastRow, read: readonly Entry[]): Promise<void> {
  for (const { offer, hold } of read) if (hold) await freePiece(tx, deps, cast, offer.id);
}

export async function isMarketOfCast(
  tx: Tx,
  _deps: IntentDeps,
  envelope: Envelope,
  key: Uint8Array,
): Promise<boolean> {
  const cast = await castOf(tx, envelope);
  return cast.ok && isKey(key, (await findMarket(tx, cast.value.market))?.key);
}

/** The cast that the message answers, when it came from its market to that cast's own path. */
export async function castOf(tx: Tx, envelope: Envelope): Promise<Result<CastRow>> {
  const { castId } = envelope.body;
  const cast = typeof castId === 'string' ? await findCast(tx, tx.home, castId) : undefined;
  if (cast && cast.reply === envelope.to && cast.market === envelope.from) return ok(cast);
  return fail('cast-unknown', 'There is no such cast behind this path.', 'Nothing was kept.');
}

function clamp(asked: number): number {
  return Math.max(0, Math.min(asked, marketLimits.vendorsPerCast));
}

function malformed(): Result<never> {
  return fail('offers-malformed', 'No offer in the message could be verified.', 'Nothing was kept.');
}

interface Entry {
  readonly offer: ReadOffer;
  readonly told: Told;
  readonly hold: Verified<Hold> | undefined;
}

function readEntry(kind: OfferKind, entry: Record<string, unknown>): Entry | undefined {
  const offer = readOffer(kind, entry[kind]);
  const told = Told.safeParse(entry.standing);
  if (!offer.ok || !told.success) return undefined;
  return { offer: offer.value, told: told.data, hold: readHoldOf(offer.value, entry.hold) };
}

/** The vendor's own word that a piece of this listing is set aside; undefined when there is none that holds. */
function readHoldOf(offer: ReadOffer, wire: unknown): Verified<Hold> | undefined {
  if (wire === undefined || offer.facts.how !== 'firm') return undefined;
  const read = readHold(wire);
  if (!read.ok) return undefined;
  const { storefront, key, listing } = read.value.value;
  const vendor = offer.facts.storefront;
  return storefront === vendor.id && key === vendor.key && listing === offer.id ? read.value : undefined;
}

/** How many more offers of this kind the cast, and the want in all, may collect. */
async function roomFor(tx: Tx, cast: CastRow, kind: OfferKind): Promise<number> {
  const counts = await countCollected(tx, tx.home, cast.intent);
  const collected = counts.reduce((sum, it) => sum + it.total, 0);
  const ofKind = counts.find((it) => it.cast_id === cast.id && it.kind === kind)?.total ?? 0;
  const cap = kind === 'listing' ? LIMITS.quotesPerCast : LIMITS.answersPerCast;
  return Math.min(cap - ofKind, intentLimits.offersPerIntent - collected);
}

async function keepOffer(
  tx: Tx,
  deps: IntentDeps,
  intent: IntentRow,
  cast: CastRow,
  offer: ReadOffer,
  standing: Standing,
  hold: Verified<Hold> | undefined,
): Promise<boolean> {
  const now = deps.clock.now();
  const buyer = await buyerOf(tx, tx.home);
  if (!buyer.ok) return false;
  const want = { fields: fieldsOf(intent), buyer: buyer.value, now };
  const fit = fits(want, offer.facts, knowledgeOf(deps));
  const document = await keepDocument(tx, offer.facts.kind, offer.document, now);
  if (hold) await keepDocument(tx, 'hold', hold.document, now);
  const held = {
    hold: hold?.id ?? null,
    hold_alias: hold?.value.alias ?? null,
    hold_until: hold?.value.until ?? null,
  };
  const isNew = await insertOffer(tx, {
    id: newId(deps.random),
    intent: intent.id,
    cast_id: cast.id,
    kind: offer.facts.kind,
    document,
    storefront: offer.facts.storefront.id,
    state: 'open',
    until_at: offer.facts.until,
    is_fit: fit.fits,
    misfits: JSON.stringify(fit.misfits),
    unsaid: JSON.stringify(fit.unsaid),
    total_unit: fit.total.unit,
    total_amount: BigInt(fit.total.value),
    distance_km: fit.distanceKm ?? null,
    standing: JSON.stringify(standing),
    received_at: now,
    ...held,
  });
  // Another cast of the same want was quoted it too: what is set aside for longest counts.
  if (!isNew && hold) await extendHold(tx, intent.id, document, held);
  return isNew;
}
