import { z } from 'zod';
import { send } from '../delivery/index.ts';
import { Disclosure, planGrants } from '../grants/index.ts';
import { markOffer } from '../intents/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { dayPast, endOfDay } from '../kernel/civil.ts';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { civilDate, id, instant, text } from '../kernel/schema.ts';
import { asIdentity, newIdentity, type OwnIdentity, oneUseKey } from '../parties/index.ts';
import { keepDocument, signDocument, toWire } from '../records/index.ts';
import { insertRelationship, type RelationshipDeps } from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { neverAmong, neverGiven, neverList } from '../tiers/index.ts';
import { entryOf, PropertyName } from '../vault/index.ts';
import { chosenFields } from './chosen-fields.ts';
import { asJson, asPayload } from './documents.ts';
import { type Gives, givesOf } from './gives.ts';
import type { Agreement, AgreementTables } from './model.ts';
import { type OfferToAccept, offerToAccept } from './offer-to-accept.ts';
import { missingAsks, promisesOf } from './rules.ts';

/** A field that the agreement says I give, and that the node has not. */
const FromDevice = z.strictObject({
  property: PropertyName,
  purpose: text.min(1),
  until: instant.optional(),
});

export const AcceptOffer = z.object({
  offer: id,
  disclose: z
    .array(Disclosure)
    .max(50)
    .default([])
    .describe('The very fields that go out once the seller has signed.'),
  fromDevice: z
    .array(FromDevice)
    .max(50)
    .default([])
    .describe(
      'What a device of yours gives by itself once the seller has signed, of what this node cannot read: see give-from-device.',
    ),
  acceptConflicts: z
    .boolean()
    .default(false)
    .describe('Yes to terms that conflict with mine, having read which.'),
  expectations: text.default('').describe('What I expect, in my own words; the seller sees it.'),
  reviewDay: civilDate.optional().describe('A day on which both look at this again.'),
});
export const Accepted = z.object({ relationship: id, state: z.literal('asked') });

type Input = z.output<typeof AcceptOffer>;

/**
 * Signs the agreement as a new pairwise identity and asks the seller to sign the same octets. Nothing of my data
 * leaves before they have, and nothing they asked for is shared for longer than they asked. Fails with
 * `offer-unknown`, `offer-late`, `offer-gone`, `terms-conflict`, `ask-missing`, `item-never`, `date-past` for the day, and
 * for a field as `givesOf` and planGrants do.
 */
export async function acceptOffer(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof Accepted>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const offer = await offerToAccept(tx, deps, actor.home, input.offer);
    if (!offer.ok) return offer;
    const ready = await checkAcceptance(tx, deps, offer.value, input);
    if (!ready.ok) return ready;
    const me = await newIdentity(tx, deps, 'relationship');
    if (!me.ok) return me;
    const rel = newId(deps.random);
    const agreement = agreementFor(deps, rel, me.value, offer.value, ready.value, input);
    const document = signDocument(asPayload(agreement), me.value.key);
    const agreementId = await keepDocument(tx, 'agreement', document, deps.clock.now());
    await openAsked(tx, deps, agreement, agreementId, offer.value);
    const planned = await planGrants(tx, deps, rel, ready.value.disclose, offer.value.asks);
    if (!planned.ok) return planned;
    await send(tx, deps, {
      to: { ...offer.value.offer.storefront.address, key: offer.value.offer.storefront.key },
      as: asIdentity(me.value.id),
      type: 'accept',
      body: {
        agreement: asJson(toWire(document)),
        identity: asJson(toWire(me.value.document)),
        outcomeKey: toBase64url((await oneUseKey(tx, deps, `outcome/${rel}`)).publicKey),
      },
      about: agreementId,
    });
    await markOffer(tx, input.offer, 'taken');
    return ok({ relationship: rel, state: 'asked' as const });
  });
}

async function checkAcceptance(
  tx: Tx,
  deps: RelationshipDeps,
  offer: OfferToAccept,
  input: Input,
): Promise<Result<Gives>> {
  if (offer.conflicts.length > 0 && !input.acceptConflicts) {
    return fail(
      'terms-conflict',
      `These terms conflict with yours: ${offer.conflicts.join(' ')}`,
      'Read them, then accept with the conflict or decline the offer.',
    );
  }
  const now = deps.clock.now();
  const { reviewDay } = input;
  if (reviewDay !== undefined && endOfDay(reviewDay) <= now) return dayPast('reviewDay', reviewDay);
  const never = await neverAmong(
    tx,
    deps,
    tx.home,
    input.disclose.map((it) => it.item),
  );
  if (never) return never;
  const { refuses } = await neverList(tx, tx.home);
  const refused = input.fromDevice.find((it) => refuses(it.property));
  if (refused) return neverGiven(entryOf(refused.property).label);
  const read = await chosenFields(tx, deps, tx.home, input.disclose);
  const chosen = [...read, ...input.fromDevice.map((it) => ({ ...it, item: undefined }))];
  const missing = missingAsks(
    offer.asks,
    chosen.flatMap((it) => it.property ?? []),
  );
  if (missing.length === 0) return givesOf(offer.asks, chosen, now, offer.deliveryDays);
  return fail(
    'ask-missing',
    `The seller needs ${missing.join(', ')} to keep its promise.`,
    'Choose what to share for it, or decline the offer.',
    { disclose: `Missing: ${missing.join(', ')}.` },
  );
}

function agreementFor(
  deps: RelationshipDeps,
  rel: string,
  me: OwnIdentity,
  accepted: OfferToAccept,
  { gives }: Gives,
  input: Input,
): Agreement {
  const { offer } = accepted;
  return {
    type: 'agreement',
    v: 1,
    rel,
    offer: offer.documentId,
    alias: offer.alias,
    buyer: { identity: me.id, key: toBase64url(me.key.publicKey) },
    seller: { storefront: offer.storefront.id, key: offer.storefront.key, name: offer.storefront.name },
    terms: accepted.terms,
    ...(accepted.negotiated && { agreedIn: accepted.negotiated.record }),
    title: offer.title,
    quantity: offer.quantity,
    does: promisesOf(accepted, deps.clock.now()),
    gives: [...gives],
    expectations: input.expectations,
    reviewDay: input.reviewDay ?? null,
    at: deps.clock.now(),
    salt: toBase64url(deps.random.bytes(16)),
  };
}

async function openAsked(
  tx: Tx,
  deps: RelationshipDeps,
  agreement: Agreement,
  agreementId: string,
  offer: OfferToAccept,
): Promise<void> {
  const now = deps.clock.now();
  await insertRelationship(tx, {
    id: agreement.rel,
    side: 'buyer',
    state: 'asked',
    name: agreement.seller.name,
    is_sample: offer.offer.isSample,
    mine: agreement.buyer.identity,
    theirs: null,
    offer: offer.offer.id,
    title: agreement.title,
    agreement: agreementId,
    storefront: agreement.seller.storefront,
    intent: offer.offer.intent,
    refusal: null,
    paused_by: null,
    since_at: now,
    last_at: now,
    unread: 0,
    expectations: agreement.expectations,
    review_day: agreement.reviewDay,
    their_expectations: '',
    ended_by: null,
    reconciling_at: null,
  });
  const { host, inbox } = offer.market.address;
  await tables<AgreementTables>(tx)
    .insertInto('tickets')
    .values({ home_id: tx.home, rel: agreement.rel, document: null, market_host: host, market_inbox: inbox })
    .execute();
}
