import { type Envelope, type InboxHandler, introduced } from '../delivery/index.ts';
import { equalBytes, fromBase64url, sha256, toBase64url } from '../kernel/bytes.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type Counterpart, meetCounterpart } from '../parties/index.ts';
import { keepDocument, keyOf, malformed, type Read, readSigned } from '../records/index.ts';
import { findRelationship, insertRelationship, type RelationshipDeps } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { acquaintanceRow } from './acquaintance-row.ts';
import { INVITATION_LIMITS } from './limits.ts';
import { ACQUAINTANCE, Acquaintance, type InvitationRow } from './model.ts';
import { findInvitation, updateInvitation } from './store.ts';

/**
 * Somebody accepted an invitation of mine: the first who has its secret, and in time by my clock. It then waits for my
 * word. Whoever does not have the secret learns nothing, not even whether there is such an invitation.
 */
export const acceptanceHandler: InboxHandler<RelationshipDeps> = {
  type: 'invitation-accepted',
  isForStrangers: true,
  isSpeaker: introduced,
  async receive(tx, deps, envelope) {
    const read = readSigned(envelope.body.acquaintance, ACQUAINTANCE, Acquaintance, (it) =>
      keyOf(it.invited.key),
    );
    if (!read.ok) return read;
    const { value: acquaintance, document } = read.value;
    if (document.signatures.length !== 1 || document.payload.length > INVITATION_LIMITS.documentBytes)
      return malformed('it is not one signature over a short text');
    const invitation = await findInvitation(tx, tx.home, acquaintance.invitation);
    if (!invitation || !isSecret(envelope.body.secret, invitation)) {
      return fail('invitation-unknown', 'There is no such invitation here.', 'Ask for a new one.');
    }
    const guest = await meetCounterpart(tx, deps, envelope.body.identity);
    if (!guest.ok) return guest;
    if (!isTheirs(acquaintance, envelope, guest.value) || !isMine(acquaintance, invitation))
      return malformed('it is not what the invitation says');
    return take(tx, deps, invitation, read.value);
  },
};

function isSecret(secret: unknown, { secret_hash: hash }: InvitationRow): boolean {
  const given = typeof secret === 'string' ? fromBase64url(secret) : undefined;
  const expected = fromBase64url(hash);
  return given?.length === 16 && expected !== undefined && equalBytes(sha256(given), expected);
}

function isTheirs({ invited }: Acquaintance, envelope: Envelope, guest: Counterpart): boolean {
  return (
    invited.identity === guest.id && envelope.from === guest.id && invited.key === toBase64url(guest.nodeKey)
  );
}

/** The key that I invited with is checked when I sign: it may have changed since. */
function isMine({ inviter, terms, note }: Acquaintance, row: InvitationRow): boolean {
  const isSame = inviter.identity === row.identity && inviter.name === row.name;
  return isSame && terms === row.terms && note === row.note;
}

async function take(
  tx: Tx,
  deps: RelationshipDeps,
  invitation: InvitationRow,
  { value: acquaintance, document }: Read<Acquaintance>,
): Promise<Result<unknown>> {
  const now = deps.clock.now();
  if (invitation.state === 'withdrawn')
    return fail('invitation-withdrawn', 'This invitation was taken back.', 'Ask for a new one.');
  if (invitation.state === 'taken')
    return fail('invitation-spent', 'Somebody has used this invitation.', 'Ask for a new one.');
  if (invitation.until_at <= now)
    return fail('invitation-late', 'This invitation is over.', 'Ask for a new one.');
  if (await findRelationship(tx, tx.home, acquaintance.rel)) return malformed('that relationship exists');
  const agreement = await keepDocument(tx, ACQUAINTANCE, document, now);
  await insertRelationship(tx, acquaintanceRow(acquaintance, agreement, 'inviter', now));
  await updateInvitation(tx, invitation.id, { state: 'taken', relationship: acquaintance.rel });
  return ok('waits');
}
