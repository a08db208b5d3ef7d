import { z } from 'zod';
import { send } from '../delivery/index.ts';
import { announceKey } from '../grants/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import {
  asIdentity,
  counterpartOf,
  getCounterpart,
  type OwnIdentity,
  ownIdentity,
  reachOf,
} from '../parties/index.ts';
import { addSignature, keepDocument, signDocument } from '../records/index.ts';
import {
  getRelationshipRow,
  type RelationshipDeps,
  type RelationshipRow,
  updateRelationship,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { noteTrust } from '../tiers/index.ts';
import { acquaintanceOf, wireJson } from './documents.ts';
import { ACQUAINTANCE, REFUSAL } from './model.ts';

export const AnswerAcceptance = z.object({
  relationship: id.describe('The one that an acceptance of your invitation asks for.'),
  answer: z.enum(['sign', 'refuse']),
});
export const AcceptanceAnswered = z.object({ relationship: id, state: z.enum(['active', 'refused']) });

type Input = z.output<typeof AnswerAcceptance>;

/**
 * Whoever accepted my invitation waits for my word: I sign the same octets, or say no in writing. Either way the
 * invitation is used. Fails with `relationship-unknown`, `answer-unasked`, `invitation-stale`, `party-paused`.
 */
export async function answerAcceptance(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof AcceptanceAnswered>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRelationshipRow(tx, tx.home, input.relationship);
    if (!row.ok) return row;
    if (row.value.side !== 'inviter' || row.value.state !== 'asked') {
      return fail('answer-unasked', 'Nobody waits for your word here.', 'Look at where it stands.');
    }
    const me = await speaking(tx, deps, row.value);
    if (isFailure(me)) return me;
    return input.answer === 'sign'
      ? sign(tx, deps, row.value, me.value)
      : refuse(tx, deps, row.value, me.value);
  });
}

/** My identity in this, while it has the key that I invited with. */
async function speaking(tx: Tx, deps: RelationshipDeps, row: RelationshipRow): Promise<Result<OwnIdentity>> {
  const { acquaintance } = await acquaintanceOf(tx, row);
  const me = await ownIdentity(tx, deps, row.mine);
  assert(me, 'an identity that invited is kept');
  if (toBase64url(me.key.publicKey) === acquaintance.inviter.key) return ok(me);
  return fail('invitation-stale', 'Your keys have changed since you invited them.', 'Invite them again.');
}

async function guestOf(tx: Tx, row: RelationshipRow) {
  const { acquaintance, document } = await acquaintanceOf(tx, row);
  const known = await getCounterpart(tx, tx.home, acquaintance.invited.identity);
  assert(known, 'whoever accepted is known');
  return { guest: counterpartOf(known), document };
}

async function sign(
  tx: Tx,
  deps: RelationshipDeps,
  row: RelationshipRow,
  me: OwnIdentity,
): Promise<Result<z.output<typeof AcceptanceAnswered>>> {
  const now = deps.clock.now();
  const { guest, document } = await guestOf(tx, row);
  const signed = addSignature(document, me.key);
  await keepDocument(tx, ACQUAINTANCE, signed, now);
  await updateRelationship(tx, row.id, { state: 'active', theirs: guest.id, since_at: now, last_at: now });
  await noteTrust(tx, row.id, now);
  await send(tx, deps, {
    to: reachOf(guest),
    as: asIdentity(me.id),
    type: 'acquaintance-signed',
    body: { rel: row.id, acquaintance: wireJson(signed) },
    about: row.agreement,
  });
  const announced = await announceKey(tx, deps, { ...row, state: 'active', theirs: guest.id });
  if (isFailure(announced)) return announced;
  return ok({ relationship: row.id, state: 'active' as const });
}

async function refuse(
  tx: Tx,
  deps: RelationshipDeps,
  row: RelationshipRow,
  me: OwnIdentity,
): Promise<Result<z.output<typeof AcceptanceAnswered>>> {
  const now = deps.clock.now();
  const { guest } = await guestOf(tx, row);
  const salt = toBase64url(deps.random.bytes(16));
  const refusal = signDocument({ type: REFUSAL, v: 1, acquaintance: row.agreement, at: now, salt }, me.key);
  await keepDocument(tx, REFUSAL, refusal, now);
  await updateRelationship(tx, row.id, { state: 'refused', refusal: 'invitation-refused', last_at: now });
  await send(tx, deps, {
    to: reachOf(guest),
    as: asIdentity(me.id),
    type: 'acquaintance-refused',
    body: { rel: row.id, refusal: wireJson(refusal) },
    about: row.agreement,
  });
  return ok({ relationship: row.id, state: 'refused' as const });
}
