import { z } from 'zod';
import { send } from '../delivery/index.ts';
import { Disclosure, planGrants } from '../grants/index.ts';
import { markOffer } from '../intents/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { civilDate, id, text } from '../kernel/schema.ts';
import { asIdentity, newIdentity, type OwnIdentity, oneUseKey } from '../parties/index.ts';
import { keepDocument, signDocument, toWire } from '../records/index.ts';
import { insertRelationship, type RelationshipDeps } from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { getItems } from '../vault/index.ts';
import { asJson, asPayload } from './documents.ts';
import type { Agreement, AgreementTables } from './model.ts';
import { type OfferToAccept, offerToAccept } from './offer-to-accept.ts';
import { missingAsks, promisesOf } from './rules.ts';

export const AcceptOffer = z.object({
  offer: id,
  disclose: z
    .array(Disclosure)
    .max(50)
    .default([])
    .describe('The very fields that go out once the seller has signed.'),
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
 * leaves before they have. Fails with `offer-unknown`, `offer-late`, `offer-gone`, `terms-conflict`, `ask-missing`.
 */
export async function acceptOffer(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof Accepted>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const offer = await offerToAccept(tx, deps, actor.home, input.offer);
    if (!offer.ok) return offer;
    const ready = await checkAcceptance(tx, offer.value, input);
    if (isFailure(ready)) return ready;
    const me = await newIdentity(tx, deps, 'relationship');
    if (!me.ok) return me;
    const rel = newId(deps.random);
    const agreement = agreementFor(deps, rel, me.value, offer.value, input);
    const document = signDocument(asPayload(agreement), me.value.key);
    const agreementId = await keepDocument(tx, 'agreement', document, deps.clock.now());
    await openAsked(tx, deps, agreement, agreementId, offer.value);
    const planned = await planGrants(tx, deps, rel, input.disclose);
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

async function checkAcceptance(tx: Tx, offer: OfferToAccept, input: Input): Promise<Result<true>> {
  if (offer.conflicts.length > 0 && !input.acceptConflicts) {
    return fail(
      'terms-conflict',
      `These terms conflict with yours: ${offer.conflicts.join(' ')}`,
      'Read them, then accept with the conflict or decline the offer.',
    );
  }
  const chosen = await getItems(
    tx,
    tx.home,
    input.disclose.map((d) => d.item),
  );
  const missing = missingAsks(
    offer.asks,
    chosen.map((item) => item.property),
  );
  if (missing.length === 0) return ok(true);
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
    terms: offer.terms,
    title: offer.title,
    quantity: offer.quantity,
    does: promisesOf(accepted, deps.clock.now()),
    gives: accepted.asks.map(({ property, purpose, until }) => ({ property, purpose, until })),
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
