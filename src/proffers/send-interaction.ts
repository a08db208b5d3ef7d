import { type Destination, replyAddress, send } from '../delivery/index.ts';
import { ownStorefront } from '../desk/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import type { SigningKey } from '../kernel/signing.ts';
import { asOneUse, getPartyRow, oneUseKey, type Speaker } from '../parties/index.ts';
import { documentId, keepDocument, signDocument, toWire } from '../records/index.ts';
import { actIn, type RelationshipDeps } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { PROFFER_LIMITS } from './limits.ts';
import { INTERACTION, type Interaction, type Peer } from './model.ts';
import { type Channel, takeInteraction } from './take-interaction.ts';

/** A move before it is signed. */
export type Draft = Omit<Interaction, 'salt'>;

/**
 * Signs a move of mine, keeps it, applies it and sends it, all in this transaction: in a relationship as a record of
 * its chain, to a storefront as a document signed with a key that is used for this negotiation alone.
 */
export async function sendInteraction(
  tx: Tx,
  deps: RelationshipDeps,
  channel: Channel,
  draft: Draft,
): Promise<Result<unknown>> {
  if (channel.kind === 'relationship') {
    return actIn(tx, deps, channel.counter, 'speak', INTERACTION, { ...draft });
  }
  const voice = await voiceOf(tx, deps, channel, draft);
  if (!voice.ok) return voice;
  const { key } = voice.value;
  const content: Interaction = { ...draft, salt: toBase64url(deps.random.bytes(16)) };
  const document = signDocument({ type: INTERACTION, v: 1, ...content }, key);
  const now = deps.clock.now();
  const record = documentId(document);
  const taken = await takeInteraction(tx, { channel, isMine: true, record, content, now });
  if (isFailure(taken)) return taken;
  await keepDocument(tx, INTERACTION, document, now);
  const wire = toWire(document);
  const interaction: JsonObject = {
    payload: wire.payload,
    signatures: wire.signatures.map((s) => ({ ...s })),
  };
  const { peer } = channel;
  if (!peer) throw new Error('a storefront’s channel has a peer');
  await send(tx, deps, {
    to: receiverOf(channel, draft, peer),
    as: voice.value.speaker,
    type: INTERACTION,
    body:
      draft.move === 'request'
        ? { interaction, ...(await introduction(tx, deps, draft, peer, key)) }
        : { interaction },
    about: record,
  });
  return ok(record);
}

/** A storefront signs its receipts; whoever asked it under a name that is used once has no key for theirs. */
function receiverOf({ mine }: Channel, draft: Draft, { key, host, inbox }: Peer): Destination {
  return mine === draft.hasFirstParty ? { host, inbox, key } : { host, inbox };
}

/** What a storefront must know of me to answer: the one-use key, and a place made for this alone that is not my node. */
async function introduction(
  tx: Tx,
  deps: RelationshipDeps,
  { negotiation, until }: Draft,
  { host }: Peer,
  key: SigningKey,
): Promise<JsonObject> {
  const lookedInto = until + PROFFER_LIMITS.lateAnswerMs;
  const reply = await replyAddress(tx, deps, host, keyName(negotiation), lookedInto);
  return { key: toBase64url(key.publicKey), reply: { host: reply.host, inbox: reply.inbox } };
}

/** Who speaks in a negotiation, and with which key. */
interface Voice {
  readonly key: SigningKey;
  readonly speaker: Speaker;
}

async function voiceOf(
  tx: Tx,
  deps: RelationshipDeps,
  channel: Channel,
  draft: Draft,
): Promise<Result<Voice>> {
  const party = await getPartyRow(tx, tx.home);
  if (party?.paused_at !== null) {
    return fail(
      'party-paused',
      'This is a paused copy; it signs nothing.',
      'Act from the node that is in use.',
    );
  }
  if (channel.mine === draft.hasFirstParty) {
    const key = await profferKey(tx, deps, draft.negotiation);
    return ok({ key, speaker: asOneUse(key, keyName(draft.negotiation)) });
  }
  const storefront = await ownStorefront(tx, deps, channel.mine);
  return storefront
    ? ok({ key: storefront.key, speaker: storefront.speaker })
    : fail('storefront-unknown', 'You have no such storefront.', 'Look at the list of your storefronts.');
}

/** The key that I use for one proffer to a storefront and for nothing else. */
export function profferKey(tx: Tx, deps: RelationshipDeps, negotiation: string): Promise<SigningKey> {
  return oneUseKey(tx, deps, keyName(negotiation));
}

function keyName(negotiation: string): string {
  return `proffer/${negotiation}`;
}
