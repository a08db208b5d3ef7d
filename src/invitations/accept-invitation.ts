import { z } from 'zod';
import { send } from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { id, line } from '../kernel/schema.ts';
import { asIdentity, getPartyRow, meetCounterpart, newIdentity, reachOf } from '../parties/index.ts';
import { keepDocument, signDocument } from '../records/index.ts';
import { insertRelationship, type RelationshipDeps, relationshipOfOffer } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { acquaintanceRow } from './acquaintance-row.ts';
import { type Opened, readCode } from './code.ts';
import { wireJson } from './documents.ts';
import { ACQUAINTANCE, type Acquaintance, INVITATION } from './model.ts';
import { ofSample } from './of-sample.ts';
import { code } from './read-invitation.ts';
import { findInvitation } from './store.ts';

export const AcceptInvitation = z.object({
  code,
  name: line.optional().describe('What you are called there; nothing when left out.'),
});
export const InvitationAccepted = z.object({ relationship: id, state: z.literal('asked') });

/**
 * Signs what will hold between us as a new pairwise identity, and asks the one who invited me to sign the same octets.
 * Fails with `invitation-malformed`, `invitation-late`, `invitation-own`, `already-accepted`, `sample-stays` and as
 * newIdentity does.
 */
export async function acceptInvitation(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof AcceptInvitation>,
): Promise<Result<z.output<typeof InvitationAccepted>>> {
  const opened = readCode(input.code);
  if (!opened.ok) return opened;
  const { id: invitation, value, inviter, secret, document: invited } = opened.value;
  return deps.storage.transact(actor.home, async (tx) => {
    const unfit = await whyNot(tx, deps, opened.value);
    if (unfit) return unfit;
    const other = await meetCounterpart(tx, deps, value.identity);
    if (!other.ok) return other;
    const me = await newIdentity(tx, deps, 'relationship');
    if (!me.ok) return me;
    const now = deps.clock.now();
    const acquaintance: Acquaintance = {
      type: ACQUAINTANCE,
      v: 1,
      rel: newId(deps.random),
      invitation,
      inviter: { identity: inviter.id, key: toBase64url(inviter.nodeKey), name: value.name },
      invited: { identity: me.value.id, key: toBase64url(me.value.key.publicKey), name: input.name ?? null },
      terms: value.terms,
      note: value.note,
      at: now,
      salt: toBase64url(deps.random.bytes(16)),
    };
    const document = signDocument({ ...acquaintance }, me.value.key);
    await keepDocument(tx, INVITATION, invited, now);
    const about = await keepDocument(tx, ACQUAINTANCE, document, now);
    await insertRelationship(tx, acquaintanceRow(acquaintance, about, 'invited', now));
    await send(tx, deps, {
      to: reachOf(other.value),
      as: asIdentity(me.value.id),
      type: 'invitation-accepted',
      body: {
        acquaintance: wireJson(document),
        identity: wireJson(me.value.document),
        secret: toBase64url(secret),
      },
      about,
    });
    return ok({ relationship: acquaintance.rel, state: 'asked' as const });
  });
}

async function whyNot(tx: Tx, deps: RelationshipDeps, opened: Opened): Promise<Failure | undefined> {
  if (opened.value.until <= deps.clock.now()) {
    return fail(
      'invitation-late',
      'This invitation was open until a moment that has passed.',
      'Ask for a new one.',
    );
  }
  if (await findInvitation(tx, tx.home, opened.id)) {
    return fail('invitation-own', 'This is your own invitation.', 'Hand it to somebody else.');
  }
  if (await relationshipOfOffer(tx, tx.home, opened.id)) {
    return fail('already-accepted', 'You accepted this already.', 'Look under Relationships.');
  }
  return (await getPartyRow(tx, tx.home))?.sample == null ? undefined : ofSample();
}
