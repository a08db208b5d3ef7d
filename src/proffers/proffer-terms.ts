import { z } from 'zod';
import { getOffer } from '../intents/index.ts';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { findRelationship, type RelationshipDeps } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { beginNegotiation, profferedTerms, rosterIds } from '../terms/index.ts';
import { channelOfRelationship } from './channels.ts';
import { draft } from './draft.ts';
import { PROFFER_LIMITS } from './limits.ts';
import type { Proffer } from './model.ts';
import { profferKey, sendInteraction } from './send-interaction.ts';
import { findProffer } from './store.ts';
import type { Channel } from './take-interaction.ts';
import { profferView } from './view.ts';

const DAY_MS = 86_400_000;

export const ProfferTerms = z.object({
  to: id.describe('A relationship; or an offer, whose vendor is asked without being told who you are.'),
  ids: rosterIds.max(15).optional().describe('In order; what you have chosen to proffer when left out.'),
  days: z.int().min(1).max(PROFFER_LIMITS.daysAtMost).default(PROFFER_LIMITS.days),
});

/**
 * Proffers terms of the roster; the other side accepts one, offers one alternative, or declines, and both keep every
 * move as the same octets. Fails with `recipient-unknown`, `relationship-state`, `terms-unknown`, `proffers-full`.
 */
export async function profferTerms(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof ProfferTerms>,
): Promise<Result<Proffer>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const negotiation = newId(deps.random);
    const channel = await channelTo(tx, deps, input.to, negotiation);
    if (!channel.ok) return channel;
    const now = deps.clock.now();
    const ids = input.ids ?? (await profferedTerms(tx, tx.home)).ids;
    const begun = beginNegotiation(ids, now + input.days * DAY_MS);
    if (!begun.ok) return begun;
    const { mine, theirs } = channel.value;
    const move = draft({
      id: negotiation,
      first: mine,
      second: theirs,
      move: 'request',
      terms: begun.value.proffered,
      after: begun.value,
      now,
      offer: channel.value.offer,
    });
    const sent = await sendInteraction(tx, deps, channel.value, move);
    if (isFailure(sent)) return sent;
    const row = await findProffer(tx, tx.home, negotiation);
    assert(row, 'what was sent was kept');
    return ok(profferView(row, now));
  });
}

async function channelTo(
  tx: Tx,
  deps: RelationshipDeps,
  to: string,
  negotiation: string,
): Promise<Result<Channel & { readonly offer?: string }>> {
  const relationship = await findRelationship(tx, tx.home, to);
  const open = relationship && channelOfRelationship(relationship);
  if (open) return ok(open);
  const offer = relationship ? undefined : await getOffer(tx, tx.home, to, deps.clock.now());
  if (!offer?.ok) {
    return fail(
      'recipient-unknown',
      'There is no open relationship and no offer of this name.',
      'Choose one of your relationships, or an offer to one of your wants.',
    );
  }
  const { storefront, isSample, documentId } = offer.value;
  return ok({
    kind: 'storefront',
    counter: storefront.id,
    name: storefront.name,
    isSample,
    mine: (await profferKey(tx, deps, negotiation)).kid,
    theirs: storefront.id,
    offer: documentId,
    peer: { key: storefront.key, host: storefront.address.host, inbox: storefront.address.inbox },
  });
}
