import { type Envelope, type InboxHandler, type IsSpeaker, isKey, type Settlers } from '../delivery/index.ts';
import { announceKey, announceLater } from '../grants/index.ts';
import { ok } from '../kernel/result.ts';
import { isPathOf } from '../parties/index.ts';
import { keepDocument, keyOf, malformed, readClaim, readSigned } from '../records/index.ts';
import {
  beginReconciling,
  findByAgreement,
  findRelationship,
  type RelationshipDeps,
  type RelationshipRow,
  updateRelationship,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { noteTrust } from '../tiers/index.ts';
import { acquaintanceOf, signedByKey } from './documents.ts';
import { ACQUAINTANCE, Acquaintance, REFUSAL, Refusal } from './model.ts';

/** The relationship that I asked for by accepting an invitation, while it waits for their word. */
async function asked(tx: Tx, envelope: Envelope): Promise<RelationshipRow | undefined> {
  const { rel } = envelope.body;
  const row = typeof rel === 'string' ? await findRelationship(tx, tx.home, rel) : undefined;
  if (row?.side !== 'invited') return undefined;
  // Another path of mine answers as if there were nothing: nobody learns that two paths are one person's.
  return (await isPathOf(tx, tx.home, row.mine, envelope.to)) ? row : undefined;
}

/** Only the key that invited me answers. */
const isInviter: IsSpeaker<RelationshipDeps> = async (tx, _deps, envelope, key) => {
  const row = await asked(tx, envelope);
  if (!row) return false;
  const { inviter } = (await acquaintanceOf(tx, row)).acquaintance;
  return inviter.identity === envelope.from && isKey(key, inviter.key);
};

/** They signed what I signed: we know each other. */
export const signedHandler: InboxHandler<RelationshipDeps> = {
  type: 'acquaintance-signed',
  isSpeaker: isInviter,
  async receive(tx, deps, envelope) {
    const row = await asked(tx, envelope);
    if (row?.state !== 'asked') return malformed('nothing was asked');
    const read = readClaim(envelope.body.acquaintance, ACQUAINTANCE, Acquaintance);
    if (!read.ok) return read;
    const { id, value, document } = read.value;
    // The octets I signed, or nothing.
    if (id !== row.agreement) return malformed('it is not what I signed');
    const isBoth = signedByKey(document, value.inviter.key) && signedByKey(document, value.invited.key);
    if (!isBoth || document.signatures.length !== 2) return malformed('a signature is missing');
    const now = deps.clock.now();
    await keepDocument(tx, ACQUAINTANCE, document, now);
    const signed = { since_at: now, last_at: now, unread: 1 };
    const change = { state: 'active', theirs: value.inviter.identity, ...signed } as const;
    await updateRelationship(tx, row.id, change);
    await noteTrust(tx, row.id, now);
    // Told anew to a node that came back from a backup: it may have spoken since.
    if (row.reconciling_at === null) return announceKey(tx, deps, { ...row, ...change });
    await beginReconciling(tx, deps, { ...row, ...change });
    await announceLater(tx, row.id, now);
    return ok('signed');
  },
};

/** They said no, in writing; both keep it. */
export const refusedHandler: InboxHandler<RelationshipDeps> = {
  type: 'acquaintance-refused',
  isSpeaker: isInviter,
  async receive(tx, deps, envelope) {
    const row = await asked(tx, envelope);
    if (row?.state !== 'asked') return malformed('nothing was asked');
    const { inviter } = (await acquaintanceOf(tx, row)).acquaintance;
    const read = readSigned(envelope.body.refusal, REFUSAL, Refusal, () => keyOf(inviter.key));
    if (!read.ok) return read;
    if (read.value.value.acquaintance !== row.agreement) return malformed('it refuses something else');
    const now = deps.clock.now();
    await keepDocument(tx, REFUSAL, read.value.document, now);
    await updateRelationship(tx, row.id, {
      state: 'refused',
      refusal: 'invitation-refused',
      last_at: now,
      unread: 1,
    });
    return ok('refused');
  },
};

/** What becomes of it when an acceptance, or my signature, was refused or never arrived. */
export const settlers: Settlers<RelationshipDeps> = new Map([
  ['invitation-accepted', (tx, deps, about, code) => refused(tx, deps, about, code, 'asked')],
  ['acquaintance-signed', (tx, deps, about, code) => refused(tx, deps, about, code, 'active')],
]);

async function refused(
  tx: Tx,
  deps: RelationshipDeps,
  agreement: string,
  code: string,
  state: RelationshipRow['state'],
): Promise<void> {
  const row = await findByAgreement(tx, tx.home, agreement);
  if (row?.state !== state) return;
  await updateRelationship(tx, row.id, { state: 'refused', refusal: code, last_at: deps.clock.now() });
}
