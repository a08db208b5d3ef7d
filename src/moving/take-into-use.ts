import { z } from 'zod';
import { releaseHeld } from '../archive/index.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import { getPartyRow, NODE_HOME, openSecret, type PartyTables, renewIdentities } from '../parties/index.ts';
import { reconcileUnpaused } from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';
import { insertMove, MOVES, movesOf } from './store.ts';
import type { InvitationRow, MovingTables } from './tables.ts';
import { tellOthers } from './tell-others.ts';

export const TakeIntoUse = z.strictObject({
  passphrase: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase you signed in with there.'),
  isAtOnce: z
    .boolean()
    .default(false)
    .describe('Tell everybody at once: when the old machine may be in other hands.'),
});
export const TakenIntoUse = z.object({
  handle,
  /** How many others are told of the new address, each within LIMITS.toldOfMoveMs. */
  told: z.int().min(0),
});

/**
 * From now on I act from this node: every identity gets new keys and its address here, each other side is told, and what
 * waited is sent. It needs the hand-over of the node I came from, so that never two act. Fails with `passphrase-wrong`,
 * `too-many-attempts`, `hand-over-missing`, `party-in-use`.
 */
export async function takeIntoUse(
  deps: MovingDeps,
  actor: PartyActor,
  input: z.output<typeof TakeIntoUse>,
): Promise<Result<z.output<typeof TakenIntoUse>>> {
  const secret = await openSecret(deps, actor, input.passphrase);
  if (!secret.ok) return secret;
  return deps.storage.transact(actor.home, async (tx) => {
    const party = await getPartyRow(tx, tx.home);
    assert(party, 'an acting party has a row');
    if (party.paused_at === null) {
      return fail('party-in-use', 'This party is in use here already.', 'Nothing more is needed.');
    }
    const invitation = await handedOver(tx);
    if (!invitation) {
      return fail(
        'hand-over-missing',
        'The node you come from has not handed over: it may still act for you.',
        'Begin the move there; here is nothing to do until then.',
      );
    }
    await noteArrival(tx, deps, invitation);
    const renewed = await renewIdentities(tx, deps, secret.value, invitation.id);
    await releaseHeld(tx);
    const told = await tellOthers(tx, deps, renewed, input.isAtOnce);
    await reconcileUnpaused(tx, deps, party.paused_at);
    tx.wake(MOVES);
    tx.wake('outbox');
    return ok({ handle: party.handle, told });
  });
}

/** The hand-over for this party that nothing has been made of yet: the newest invitation with one. */
async function handedOver(tx: Tx): Promise<InvitationRow | undefined> {
  const rows = await tables<MovingTables>(tx)
    .selectFrom('move_invitations')
    .selectAll()
    .where('home_id', '=', NODE_HOME)
    .where('party', '=', tx.home)
    .where('state', '=', 'handed-over')
    .orderBy('changed_at', 'desc')
    .execute();
  const used = new Set((await movesOf(tx, tx.home)).map((move) => move.id));
  return rows.find((row) => !used.has(row.id));
}

/** It is no copy any more; what this node once sent on to where it comes from now stays here. */
async function noteArrival(tx: Tx, deps: MovingDeps, from: InvitationRow): Promise<void> {
  const now = deps.clock.now();
  await tables<PartyTables>(tx)
    .updateTable('parties')
    .set({ paused_at: null })
    .where('home_id', '=', tx.home)
    .execute();
  await tables<MovingTables>(tx)
    .updateTable('moves')
    .set({ state: 'forgotten', next_at: null, changed_at: now })
    .where('home_id', '=', tx.home)
    .where('state', '=', 'forwarding')
    .execute();
  await insertMove(tx, {
    ...{ id: from.id, is_in: true, state: 'in-use', host: from.peer_host ?? '' },
    ...{ peer_key: from.peer_key ?? '', secret: null, until_at: from.until_at },
    ...{ size: from.size, sent: from.size ?? 0, sha256: from.sha256, summary: null },
    ...{ hand_over: from.hand_over, answer: null, problem: null, tries: 0, next_at: null },
    ...{ started_at: now, changed_at: now },
  });
}
