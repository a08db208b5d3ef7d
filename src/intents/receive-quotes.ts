import { type Envelope, type InboxHandler, isKey } from '../delivery/index.ts';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { findMarket, marketLimits, Standing as Told } from '../market/index.ts';
import { isObject, keepDocument } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { findCast, isLive, updateCast } from './cast-store.ts';
import type { IntentDeps } from './deps.ts';
import { fits } from './fit-rules.ts';
import { knowledgeOf } from './knowledge.ts';
import { buyerOf } from './levels.ts';
import { intentLimits } from './limits.ts';
import type { Standing } from './model.ts';
import { type OfferKind, type ReadOffer, readOffer } from './offer-facts.ts';
import { countCollected, insertOffer } from './offer-store.ts';
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
 * tell the market that it is over. The same offer again changes nothing.
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
  if (stateAt(intent.value, now) !== 'open' || !isLive(cast.value, now)) return ok(true);
  const read = sent.flatMap((entry) => {
    const offer = isObject(entry) ? readEntry(kind, entry) : undefined;
    return offer ? [offer] : [];
  });
  if (read.length < sent.length) deps.log('intents.forged', { left_out: sent.length - read.length });
  if (read.length === 0 && sent.length > 0) return malformed();
  const { asked } = envelope.body;
  if (Number.isSafeInteger(asked)) await updateCast(tx, cast.value.id, { asked: clamp(Number(asked)) });
  let room = await roomFor(tx, cast.value, kind);
  const standings = new Map<string, Standing>();
  for (const { offer, told } of read) {
    if (room <= 0) break;
    const { storefront, until } = offer.facts;
    if (until <= now) continue;
    const key = `${storefront.id} ${storefront.key}`;
    const standing = standings.get(key) ?? checkStanding(told, storefront);
    standings.set(key, standing);
    if (await keepOffer(tx, deps, intent.value, cast.value, offer, standing)) room--;
  }
  return ok(true);
}

async function isMarketOfCast(
  tx: Tx,
  _deps: IntentDeps,
  envelope: Envelope,
  key: Uint8Array,
): Promise<boolean> {
  const cast = await castOf(tx, envelope);
  return cast.ok && isKey(key, (await findMarket(tx, cast.value.market))?.key);
}

/** The cast that the message answers, when it came from its market to that cast's own path. */
async function castOf(tx: Tx, envelope: Envelope): Promise<Result<CastRow>> {
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
}

function readEntry(kind: OfferKind, entry: Record<string, unknown>): Entry | undefined {
  const offer = readOffer(kind, entry[kind]);
  const told = Told.safeParse(entry.standing);
  return offer.ok && told.success ? { offer: offer.value, told: told.data } : undefined;
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
): Promise<boolean> {
  const now = deps.clock.now();
  const buyer = await buyerOf(tx, tx.home);
  if (!buyer.ok) return false;
  const want = { fields: fieldsOf(intent), buyer: buyer.value, now };
  const fit = fits(want, offer.facts, knowledgeOf(deps));
  const document = await keepDocument(tx, offer.facts.kind, offer.document, now);
  return insertOffer(tx, {
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
  });
}
