import { type Envelope, type InboxHandler, introduced, isKey } from '../delivery/index.ts';
import { announceKey, announceLater, dropPlannedGrants, sendPlannedGrants } from '../grants/index.ts';
import { markIntentAgreed, markOffer } from '../intents/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { ok, type Result } from '../kernel/result.ts';
import { isPathOf, meetCounterpart, oneUseKey } from '../parties/index.ts';
import { keepDocument, keyOf, malformed, readClaim, readSigned } from '../records/index.ts';
import {
  beginReconciling,
  findRelationship,
  type RelationshipDeps,
  type RelationshipRow,
  tellChanges,
  updateRelationship,
} from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { noteTrust } from '../tiers/index.ts';
import { signedByBoth } from './documents.ts';
import { keepPromises } from './keep-promises.ts';
import { keptAgreement } from './kept-agreement.ts';
import { Agreement, type AgreementTables, Introduction, Refusal, Ticket } from './model.ts';
import { offerStateAfter } from './rules.ts';

/** The seller signed: the relationship is open, and what I chose to give goes out now. */
export const signedHandler: InboxHandler<RelationshipDeps> = {
  type: 'agreement-signed',
  async isSpeaker(tx, deps, envelope, key) {
    const claimed = readClaim(envelope.body.agreement, 'agreement', Agreement);
    const relationship = claimed.ok ? await askedAt(tx, envelope, claimed.value.value.rel) : undefined;
    return relationship !== undefined && introduced(tx, deps, envelope, key);
  },
  async receive(tx, deps, envelope) {
    const found = await readSignedAgreement(tx, envelope);
    if (!found.ok) return found;
    const { relationship, agreement } = found.value;
    const other = await meetCounterpart(tx, deps, envelope.body.identity);
    if (!other.ok) return other;
    const sellerKey = () => keyOf(agreement.seller.key);
    const introduction = readSigned(envelope.body.introduction, 'introduction', Introduction, sellerKey);
    if (!introduction.ok) return introduction;
    const vouched = introduction.value.value;
    if (vouched.identity !== other.value.id || vouched.agreement !== relationship.agreement) {
      return malformed('the seller vouches for somebody else');
    }
    const ticket = readSigned(envelope.body.ticket, 'ticket', Ticket, sellerKey);
    if (!ticket.ok) return ticket;
    const outcomeKey = await oneUseKey(tx, deps, `outcome/${relationship.id}`);
    const { key, storefront } = ticket.value.value;
    if (key !== toBase64url(outcomeKey.publicKey) || storefront !== relationship.storefront) {
      return malformed('its ticket is for another key');
    }
    await tables<AgreementTables>(tx)
      .updateTable('tickets')
      .set({ document: JSON.stringify(envelope.body.ticket) })
      .where('home_id', '=', tx.home)
      .where('rel', '=', relationship.id)
      .execute();
    const now = deps.clock.now();
    const signed = { since_at: now, last_at: now, unread: 1 };
    const change = { theirs: other.value.id, state: 'active' as const, ...signed };
    await updateRelationship(tx, relationship.id, change);
    // Whoever signs only now knows me by the keys and the address of when I asked.
    await tellChanges(tx, deps, relationship.mine, other.value);
    await keepPromises(tx, agreement, 'buyer');
    if (relationship.intent !== null) await markIntentAgreed(tx, relationship.intent);
    await noteTrust(tx, relationship.id, change.last_at);
    const answered = { ...relationship, ...change };
    if (relationship.reconciling_at === null) {
      // What I chose to give goes out with their own key, which follows.
      const announced = await announceKey(tx, deps, answered);
      return announced.ok ? sendPlannedGrants(tx, deps, answered) : announced;
    }
    await announceLater(tx, relationship.id, deps.clock.now());
    // Told anew to a node that came back from a backup: what was to go out may have been given and stopped since.
    await beginReconciling(tx, deps, answered);
    return ok('founded');
  },
};

/** The relationship of this id, when the envelope came to its own path: no other one may tell that it is mine too. */
async function askedAt(tx: Tx, envelope: Envelope, rel: unknown): Promise<RelationshipRow | undefined> {
  const relationship = typeof rel === 'string' ? await findRelationship(tx, tx.home, rel) : undefined;
  return relationship && (await isPathOf(tx, tx.home, relationship.mine, envelope.to))
    ? relationship
    : undefined;
}

async function readSignedAgreement(
  tx: Tx,
  envelope: Envelope,
): Promise<Result<{ relationship: RelationshipRow; agreement: Agreement }>> {
  const read = readClaim(envelope.body.agreement, 'agreement', Agreement);
  if (!read.ok) return read;
  const { id, value: agreement, document } = read.value;
  const relationship = await findRelationship(tx, tx.home, agreement.rel);
  // The octets I signed, or nothing: an agreement with one changed letter is another one.
  if (relationship?.agreement !== id) return malformed('it is not what I signed');
  if (relationship.state !== 'asked') return malformed('it was answered before');
  if (!signedByBoth(document, agreement.buyer.key, agreement.seller.key)) {
    return malformed('a signature is missing');
  }
  await keepDocument(tx, 'agreement', document, envelope.iat);
  return ok({ relationship, agreement });
}

/** The seller said no, in writing: nothing goes out, and both keep the refusal. */
export const refusedHandler: InboxHandler<RelationshipDeps> = {
  type: 'agreement-refused',
  async isSpeaker(tx, _deps, envelope, key) {
    const relationship = await askedAt(tx, envelope, envelope.body.rel);
    if (!relationship || relationship.storefront !== envelope.from) return false;
    return isKey(key, (await keptAgreement(tx, relationship)).agreement.seller.key);
  },
  async receive(tx, deps, envelope) {
    const { rel, refusal } = envelope.body;
    const relationship = typeof rel === 'string' ? await findRelationship(tx, tx.home, rel) : undefined;
    if (relationship?.state !== 'asked') return malformed('nothing was asked');
    const { key } = (await keptAgreement(tx, relationship)).agreement.seller;
    const read = readSigned(refusal, 'refusal', Refusal, () => keyOf(key));
    if (!read.ok) return read;
    const { code, agreement } = read.value.value;
    if (agreement !== relationship.agreement) return malformed('it refuses something else');
    await keepDocument(tx, 'refusal', read.value.document, deps.clock.now());
    await updateRelationship(tx, relationship.id, {
      state: 'refused',
      refusal: code,
      last_at: deps.clock.now(),
      unread: 1,
    });
    await dropPlannedGrants(tx, relationship.id);
    await markOffer(tx, relationship.offer, offerStateAfter(code));
    return ok('refused');
  },
};
