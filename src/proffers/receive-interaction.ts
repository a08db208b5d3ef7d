import { type Envelope, type InboxHandler, isKey, ownName } from '../delivery/index.ts';
import { ownStorefront } from '../desk/index.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { thumbprint } from '../kernel/signing.ts';
import { isPathOf } from '../parties/index.ts';
import {
  keepDocument,
  keyOf,
  malformed,
  parsePayload,
  type Read,
  readClaim,
  recordsOf,
  signedByOnly,
} from '../records/index.ts';
import {
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  recordReader,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { answerAsSample } from './answer-as-sample.ts';
import { channelOfProffer, channelOfRelationship } from './channels.ts';
import { INTERACTION, Interaction, Peer, type ProfferRow } from './model.ts';
import { dropProffer, findProffer } from './store.ts';
import { type Channel, takeInteraction } from './take-interaction.ts';

/** Moves within relationships, mine and theirs. */
export const readers: readonly RecordReader[] = [
  recordReader({
    type: INTERACTION,
    v: 1,
    content: Interaction,
    async apply(tx, deps, { relationship, id: record, isMine, content, at: now }) {
      const channel = channelOfRelationship(relationship);
      if (!channel) return malformed('the relationship is not open');
      const taken = await takeInteraction(tx, { channel, isMine, record, content, now });
      if (isFailure(taken) || isMine) return taken;
      return answerAsSample(tx, deps, taken.value);
    },
    undo: (tx, _deps, { relationship, content }) => negotiateAnew(tx, relationship, content.negotiation),
  }),
];

/** Works out from the records that are left how far a negotiation is; without its first move there is none. */
async function negotiateAnew(tx: Tx, relationship: RelationshipRow, negotiation: string): Promise<void> {
  const channel = channelOfRelationship(relationship);
  const known = await findProffer(tx, tx.home, negotiation);
  if (!channel || known?.kind !== channel.kind || known.counter !== channel.counter) return;
  await dropProffer(tx, negotiation);
  for (const row of await recordsOf(tx, tx.home, relationship.id, [INTERACTION])) {
    const { id: record, is_mine: isMine, received_at: now, body } = row;
    const said = body === null ? undefined : parsePayload(body);
    const content = Interaction.safeParse(said?.ok ? said.value : undefined);
    if (!content.success || content.data.negotiation !== negotiation) continue;
    await takeInteraction(tx, { channel, isMine, record, content: content.data, now });
  }
}

/** Moves to a storefront from somebody it does not know, and its answers. */
export const handlers: readonly InboxHandler<RelationshipDeps>[] = [
  {
    type: INTERACTION,
    isForStrangers: true,
    async isSpeaker(tx, deps, envelope, key) {
      const known = await knownProffer(tx, envelope);
      if (!known) return ownName(tx, deps, envelope, key);
      const { theirs, peer } = channelOfProffer(known);
      return theirs === envelope.from && isKey(key, peer?.key);
    },
    async receive(tx, deps, envelope) {
      const read = readClaim(envelope.body.interaction, INTERACTION, Interaction);
      if (!read.ok) return read;
      const channel = await channelOf(tx, deps, envelope, read.value.value);
      return channel.ok ? take(tx, deps, channel.value, read.value) : channel;
    },
  },
];

/** The negotiation that a message says it belongs to, before its signature is checked. */
async function knownProffer(tx: Tx, envelope: Envelope): Promise<ProfferRow | undefined> {
  const claim = readClaim(envelope.body.interaction, INTERACTION, Interaction);
  return claim.ok ? findProffer(tx, tx.home, claim.value.value.negotiation) : undefined;
}

async function take(
  tx: Tx,
  deps: RelationshipDeps,
  channel: Channel,
  { id: record, value: content, document }: Read<Interaction>,
): Promise<Result<unknown>> {
  const key = keyOf(channel.peer?.key);
  if (!key || !signedByOnly(document, key)) {
    return malformed('its signature does not hold');
  }
  const now = deps.clock.now();
  const taken = await takeInteraction(tx, { channel, isMine: false, record, content, now });
  if (isFailure(taken)) return taken;
  await keepDocument(tx, INTERACTION, document, now);
  return answerAsSample(tx, deps, taken.value);
}

/** The channel of a negotiation that is known, or the new one that a stranger opens with a storefront of mine. */
async function channelOf(
  tx: Tx,
  deps: RelationshipDeps,
  envelope: Envelope,
  content: Interaction,
): Promise<Result<Channel>> {
  const known = await findProffer(tx, tx.home, content.negotiation);
  if (known) {
    const channel = channelOfProffer(known);
    return channel.theirs === envelope.from ? ok(channel) : malformed('its sender has another name');
  }
  const storefront = await ownStorefront(tx, deps, content.hasSecondParty);
  if (!storefront || !(await isPathOf(tx, tx.home, storefront.row.identity, envelope.to)))
    return fail('storefront-unknown', 'There is no such storefront here.', '');
  const { key, reply } = envelope.body;
  const peer = Peer.safeParse({ key, ...(typeof reply === 'object' ? reply : {}) });
  const publicKey = keyOf(key);
  if (!peer.success || !publicKey || thumbprint(publicKey) !== envelope.from) {
    return malformed('its sender is not introduced');
  }
  return ok({
    kind: 'storefront',
    counter: envelope.from,
    // Nobody has a name before they give one; a few letters tell two buyers apart.
    name: `Buyer ${envelope.from.slice(0, 4)}`,
    isSample: storefront.isSample,
    mine: storefront.id,
    theirs: envelope.from,
    peer: peer.data,
  });
}
