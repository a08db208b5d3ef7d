import type { z } from 'zod';
import { type Envelope, type InboxHandler, send } from '../delivery/index.ts';
import { endHold, type OwnStorefront, ownStorefront, releaseOffer, reserveOffer } from '../desk/index.ts';
import { announceKey } from '../grants/index.ts';
import { equalBytes, toBase64url } from '../kernel/bytes.ts';
import { civilDateAt } from '../kernel/civil.ts';
import { fail, isFailure, must, ok, type Result } from '../kernel/result.ts';
import {
  asIdentity,
  type Counterpart,
  counterpartOf,
  getCounterpart,
  isPathOf,
  keyOnceOf,
  keysOf,
  meetCounterpart,
  newIdentity,
  type OwnIdentity,
  reachOf,
  readIntroduction,
} from '../parties/index.ts';
import { isAgreedIn } from '../proffers/index.ts';
import {
  addSignature,
  documentId,
  keepDocument,
  keyOf,
  malformed,
  readClaim,
  readSigned,
  type SignedDocument,
  signDocument,
  toWire,
} from '../records/index.ts';
import {
  countRefused,
  findRelationship,
  getRelationshipRow,
  hasDealtWith,
  insertRelationship,
  type RelationshipDeps,
  type RelationshipRow,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { noteTrust } from '../tiers/index.ts';
import { asJson, asPayload } from './documents.ts';
import { keepPromises } from './keep-promises.ts';
import { AGREEMENT_LIMITS } from './limits.ts';
import { Agreement, type Introduction, Refusal, type Ticket } from './model.ts';
import { agreesWithOffer } from './rules.ts';

interface Request {
  readonly agreement: Agreement;
  readonly document: SignedDocument;
  readonly buyer: Counterpart;
  readonly storefront: OwnStorefront;
  readonly outcomeKey: string;
}

const DAY_MS = 86_400_000;

type Code = z.infer<typeof Refusal>['code'];

/**
 * The seller's node decides, one acceptance after the other: it signs the same octets, or says no in writing. Both
 * answers are kept by both sides. Anybody can be refused as often as they like, so beyond a limit the no stands in the
 * receipt alone, with the same code.
 */
export const acceptHandler: InboxHandler<RelationshipDeps> = {
  type: 'accept',
  isForStrangers: true,
  async isSpeaker(tx, deps, envelope, key) {
    const inception = readIntroduction(envelope.body.identity);
    if (inception?.id !== envelope.from) return false;
    const known = await buyerMetHere(tx, deps, envelope, inception.id);
    return equalBytes(known?.inForce.nodeKey ?? inception.nodeKey, key);
  },
  async receive(tx, deps, envelope) {
    const met = await meetCounterpart(tx, deps, envelope.body.identity);
    if (!met.ok) return met;
    const known = await buyerMetHere(tx, deps, envelope, met.value.id);
    const buyer = known?.inForce ?? met.value;
    const read = readSigned(envelope.body.agreement, 'agreement', Agreement, (a) => keyOf(a.buyer.key));
    if (!read.ok) return read;
    const { value: agreement, document } = read.value;
    if (document.signatures.length !== 1 || document.payload.length > AGREEMENT_LIMITS.agreementBytes) {
      return malformed('it is not one signature over a short text');
    }
    const { outcomeKey } = envelope.body;
    const isTheirs = agreement.buyer.identity === buyer.id && envelope.from === buyer.id;
    // What was signed before a change of keys may come after it.
    const keys = known?.keys ?? [buyer.nodeKey];
    if (!isTheirs || !keys.some((key) => toBase64url(key) === agreement.buyer.key))
      return malformed('it is another buyer');
    if (typeof outcomeKey !== 'string' || !keyOf(outcomeKey)) return malformed('a key is missing');
    const storefront = await storefrontAs(tx, deps, agreement.seller);
    const isItsPath = storefront && (await isPathOf(tx, tx.home, storefront.row.identity, envelope.to));
    if (!storefront || !isItsPath) return malformed('it is for another seller');
    if (await findRelationship(tx, tx.home, agreement.rel)) return malformed('that relationship exists');
    return decide(tx, deps, { agreement, document, buyer, storefront, outcomeKey });
  },
};

/**
 * A buyer that has dealt with this storefront before under the same identity, by the key and the address in force, with
 * every key it has had. Met at any other path it counts as new, so that nobody can try whether two paths are one person’s.
 */
async function buyerMetHere(
  tx: Tx,
  deps: RelationshipDeps,
  envelope: Envelope,
  identity: string,
): Promise<{ readonly inForce: Counterpart; readonly keys: readonly Uint8Array[] } | undefined> {
  const claim = readClaim(envelope.body.agreement, 'agreement', Agreement);
  if (!claim.ok) return undefined;
  const storefront = await storefrontAs(tx, deps, claim.value.value.seller);
  if (!storefront || !(await isPathOf(tx, tx.home, storefront.row.identity, envelope.to))) return undefined;
  if (!(await hasDealtWith(tx, identity, storefront.id))) return undefined;
  const row = await getCounterpart(tx, tx.home, identity);
  return row && { inForce: counterpartOf(row), keys: await keysOf(tx, tx.home, row) };
}

/** My storefront with the key that an offer of mine was signed by: a promise binds beyond a change of keys. */
export async function storefrontAs(
  tx: Tx,
  deps: RelationshipDeps,
  { storefront: id, key: text }: Agreement['seller'],
): Promise<OwnStorefront | undefined> {
  const storefront = await ownStorefront(tx, deps, id);
  const publicKey = keyOf(text);
  if (!storefront || !publicKey || text === toBase64url(storefront.key.publicKey)) {
    return publicKey && storefront;
  }
  const key = await keyOnceOf(tx, deps, tx.home, storefront.row.identity, publicKey);
  return key && { ...storefront, key, speaker: asIdentity(storefront.row.identity, id, publicKey) };
}

async function decide(tx: Tx, deps: RelationshipDeps, request: Request): Promise<Result<unknown>> {
  const { agreement, storefront } = request;
  const negotiated = await negotiatedTerms(tx, request);
  const offer = await reserveOffer(tx, deps, {
    offer: agreement.offer,
    alias: agreement.alias,
    quantity: agreement.quantity,
    check: (own) =>
      agreesWithOffer(
        agreement,
        { ...own, name: storefront.name, terms: [...own.terms, ...negotiated] },
        civilDateAt(deps.clock.now(), 'UTC'),
      ),
  });
  if (isFailure(offer)) return refuse(tx, deps, request, refusalCode(offer.code));
  const me = await newIdentity(tx, deps, 'relationship');
  if (isFailure(me)) {
    // The seller's node has no identity left to open a relationship with: what was taken goes back.
    await releaseOffer(tx, deps, agreement);
    return refuse(tx, deps, request, 'seller-away');
  }
  return sign(tx, deps, request, me.value);
}

/** The agreement's own terms when the buyer cites the interaction in which I said yes to them. */
async function negotiatedTerms(tx: Tx, { agreement, storefront }: Request): Promise<readonly string[]> {
  const { agreedIn, terms, offer } = agreement;
  if (agreedIn === undefined) return [];
  const cited = { record: agreedIn, terms, offer, storefront: storefront.id };
  return (await isAgreedIn(tx, tx.home, cited)) ? [terms] : [];
}

function refusalCode(code: string): Code {
  const known = Refusal.shape.code.safeParse(code);
  return known.success ? known.data : 'offer-gone';
}

async function sign(
  tx: Tx,
  deps: RelationshipDeps,
  request: Request,
  me: OwnIdentity,
): Promise<Result<unknown>> {
  const { agreement, document, buyer, storefront, outcomeKey } = request;
  const now = deps.clock.now();
  const salt = (): string => toBase64url(deps.random.bytes(16));
  const signed = addSignature(document, storefront.key);
  const agreementId = await keepDocument(tx, 'agreement', signed, now);
  const introduction: z.infer<typeof Introduction> = {
    type: 'introduction',
    v: 1,
    agreement: agreementId,
    identity: me.id,
    storefront: storefront.id,
    salt: salt(),
  };
  const ticket: z.infer<typeof Ticket> = {
    type: 'ticket',
    v: 1,
    storefront: storefront.id,
    key: outcomeKey,
    salt: salt(),
  };
  await openAsSeller(tx, deps, request, me.id, null);
  await keepPromises(tx, agreement, 'seller');
  await noteTrust(tx, agreement.rel, now);
  await send(tx, deps, {
    to: reachOf(buyer),
    as: asIdentity(me.id),
    type: 'agreement-signed',
    body: {
      agreement: asJson(toWire(signed)),
      identity: asJson(toWire(me.document)),
      introduction: asJson(toWire(signDocument(asPayload(introduction), storefront.key))),
      ticket: asJson(toWire(signDocument(asPayload(ticket), storefront.key))),
    },
    about: agreementId,
  });
  return announceKey(tx, deps, await relationshipNow(tx, agreement.rel));
}

async function relationshipNow(tx: Tx, rel: string): Promise<RelationshipRow> {
  return must(await getRelationshipRow(tx, tx.home, rel));
}

async function refuse(
  tx: Tx,
  deps: RelationshipDeps,
  request: Request,
  code: Code,
): Promise<Result<unknown>> {
  const { document, buyer, storefront } = request;
  const now = deps.clock.now();
  const kept = await countRefused(tx, storefront.id, now - DAY_MS);
  if (kept.lately >= AGREEMENT_LIMITS.refusalsPerDay || kept.inAll >= AGREEMENT_LIMITS.refusalsKept) {
    return fail(code, 'The seller did not sign.', 'Choose another offer.');
  }
  const agreementId = await keepDocument(tx, 'agreement', document, now);
  const refusal: z.infer<typeof Refusal> = {
    type: 'refusal',
    v: 1,
    agreement: agreementId,
    storefront: storefront.id,
    code,
    at: now,
    salt: toBase64url(deps.random.bytes(16)),
  };
  const signed = signDocument(asPayload(refusal), storefront.key);
  await keepDocument(tx, 'refusal', signed, now);
  // Whoever is refused needs nothing set aside any more.
  if (request.agreement.alias !== null) await endHold(tx, deps, storefront.id, request.agreement.alias);
  await openAsSeller(tx, deps, request, storefront.id, code);
  await send(tx, deps, {
    to: reachOf(buyer),
    as: storefront.speaker,
    type: 'agreement-refused',
    body: { rel: request.agreement.rel, refusal: asJson(toWire(signed)) },
    about: agreementId,
  });
  return ok('refused');
}

async function openAsSeller(
  tx: Tx,
  deps: RelationshipDeps,
  { agreement, document, buyer, storefront }: Request,
  mine: string,
  refusal: Code | null,
): Promise<void> {
  const now = deps.clock.now();
  await insertRelationship(tx, {
    id: agreement.rel,
    side: 'seller',
    state: refusal === null ? 'active' : 'refused',
    // Nobody has a name before they give one; a few letters tell two buyers apart.
    name: `Buyer ${agreement.rel.slice(0, 4)}`,
    is_sample: storefront.isSample,
    mine,
    theirs: buyer.id,
    offer: agreement.offer,
    title: agreement.title,
    agreement: documentId(document),
    storefront: storefront.id,
    intent: null,
    refusal,
    paused_by: null,
    since_at: now,
    last_at: now,
    unread: 1,
    expectations: '',
    review_day: agreement.reviewDay,
    their_expectations: agreement.expectations,
    ended_by: null,
    reconciling_at: null,
  });
}
